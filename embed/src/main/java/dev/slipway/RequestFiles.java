package dev.slipway;

import static java.util.Objects.requireNonNull;

import dev.slipway.context.ContextFiles;
import dev.slipway.context.ContextPlace;
import dev.slipway.context.DockerfilePlace;
import dev.slipway.llb.Bytes;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What a request says of its Dockerfile, and of what names in it stand for. */
abstract sealed class RequestFiles extends RequestView permits RequestSteps {

    RequestFiles(ContextPlace context, RequestFields fields) {
        super(context, fields);
    }

    /**
     * Reads the Dockerfile from this file instead of {@code Dockerfile} in the context. With a context that is behind an
     * address, in an archive or in memory, a relative path leads to a file of the context, and an absolute one to a file of this
     * machine.
     */
    public final BuildRequest dockerfile(Path file) {
        return dockerfile(new DockerfilePlace.File(requireNonNull(file, "file is null")));
    }

    /** Reads the Dockerfile from this http or https URL. */
    public final BuildRequest dockerfileUrl(String url) {
        return dockerfile(new DockerfilePlace.Address(GivenValues.notEmpty(url, "url")));
    }

    /** Builds this text instead of a file. */
    public final BuildRequest dockerfileText(String text) {
        return dockerfile(new DockerfilePlace.Text(Bytes.utf8(requireNonNull(text, "text is null"))));
    }

    /** Builds this text instead of a file, byte for byte, whatever its encoding. */
    public final BuildRequest dockerfileText(byte[] text) {
        return dockerfile(new DockerfilePlace.Text(Bytes.of(requireNonNull(text, "text is null"))));
    }

    /**
     * Builds a Dockerfile of the class path or module path, which is read now.
     *
     * @param beside a class of the Dockerfile's module, which it is beside unless its name begins with {@code /}; in a named
     *     module, a package that it is in has to be open to Slipway's
     * @param name such as {@code /docker/Dockerfile}
     * @throws IllegalArgumentException if it is not there
     */
    public final BuildRequest dockerfileResource(Class<?> beside, String name) {
        return dockerfile(DockerfilePlace.resource(beside, name));
    }

    private BuildRequest dockerfile(DockerfilePlace place) {
        return with(DOCKERFILE, Optional.of(place));
    }

    /**
     * Adds a named context: what {@code FROM name}, {@code COPY --from=name} or a stage of that name stands for.
     *
     * <p>{@code target:STAGE} is the result of that stage of the same Dockerfile, with its image config, for the platform on which
     * the name is used. Inside that stage, and in what it needs, the name keeps its usual meaning; so a stage may replace the image
     * that it is based on.
     *
     * @param name the name, with {@code ::platform} after it if it is for one platform only
     * @param value a folder, {@code docker-image://REFERENCE}, {@code oci-layout://FOLDER[:TAG][@DIGEST]}, {@code target:STAGE},
     *     a git repository, or the http or https URL of a file, which is then {@code /context}
     */
    public final BuildRequest buildContext(String name, String value) {
        return buildContext(name, new ContextPlace.Address(requireNonNull(value, "value is null")));
    }

    /**
     * Adds a named context, as {@link #buildContext(String, String)} does: the files of a folder, or the image of an OCI
     * image layout, which is a folder with a file {@code oci-layout} in it. The folder may be on another file system than the
     * main context.
     *
     * @param name the name, with {@code ::platform} after it if it is for one platform only
     */
    public final BuildRequest buildContext(String name, Path folder) {
        return buildContext(name, new ContextPlace.Folder(requireNonNull(folder, "folder is null")));
    }

    /**
     * Adds a named context, as {@link #buildContext(String, String)} does: files in memory.
     *
     * @param name the name, with {@code ::platform} after it if it is for one platform only
     */
    public final BuildRequest buildContext(String name, ContextFiles files) {
        return buildContext(name, new ContextPlace.Memory(requireNonNull(files, "files is null")));
    }

    /**
     * Adds a named context, as {@link #buildContext(String, String)} does.
     *
     * @param name the name, with {@code ::platform} after it if it is for one platform only
     * @param place what it stands for
     * @throws IllegalArgumentException if the place is a {@link ContextPlace.Input}
     */
    public final BuildRequest buildContext(String name, ContextPlace place) {
        return buildContexts(Map.of(requireNonNull(name, "name is null"), requireNonNull(place, "place is null")));
    }

    /**
     * Adds named contexts, as {@link #buildContext(String, ContextPlace)} does.
     *
     * @param places what the names stand for
     * @throws IllegalArgumentException if one is a {@link ContextPlace.Input}
     */
    public final BuildRequest buildContexts(Map<String, ? extends ContextPlace> places) {
        return plus(CONTEXTS, requireNonNull(places, "places is null"), (String name, ContextPlace place) -> {
            if (place instanceof ContextPlace.Input) {
                throw new IllegalArgumentException("the build context " + name
                        + " is a file with an archive or a Dockerfile; only the main context can be one");
            }
            return place;
        });
    }
}
