package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something to write from the images of a build.
 *
 * @param type {@code oci}, {@code local}, ... as in buildx
 * @param destination the file or folder to write, for types that write one
 * @param stream receives the archive instead of a file, for types that write one. It is not closed, and may have received a part
 *     when a build fails
 * @param attributes further options of the type, by buildx's names ({@code tar}, {@code name}, {@code compression}, ...)
 */
public record Output(
        String type, Optional<Path> destination, Optional<OutputStream> stream, SortedMap<String, String> attributes) {

    public Output {
        requireNonNull(type, "type is null");
        requireNonNull(destination, "destination is null");
        requireNonNull(stream, "stream is null");
        if (destination.isPresent() && stream.isPresent()) {
            throw new IllegalArgumentException("an output goes to a place or to a stream, not to both");
        }
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(attributes, "attributes is null")));
    }

    /**
     * An output to a file or folder, or to neither for types that write none.
     *
     * @param type as in buildx
     * @param destination the file or folder
     * @param attributes further options of the type
     */
    public Output(String type, Optional<Path> destination, SortedMap<String, String> attributes) {
        this(type, destination, Optional.empty(), attributes);
    }

    /** An OCI image layout as a folder. */
    public static Output ociLayout(Path directory) {
        return new Output(
                "oci",
                Optional.of(requireNonNull(directory, "directory is null")),
                new TreeMap<>(Map.of("tar", "false")));
    }

    /** An OCI image layout as a tar archive. */
    public static Output ociArchive(Path file) {
        return new Output("oci", Optional.of(requireNonNull(file, "file is null")), new TreeMap<>());
    }

    /** An OCI image layout as a tar archive, written to a stream. The stream is not closed. */
    public static Output ociArchive(OutputStream stream) {
        return new Output(
                "oci", Optional.empty(), Optional.of(requireNonNull(stream, "stream is null")), new TreeMap<>());
    }

    /** An archive for {@code docker load} and the like, with the image of one platform. */
    public static Output dockerArchive(Path file) {
        return new Output("docker", Optional.of(requireNonNull(file, "file is null")), new TreeMap<>());
    }

    /** An archive for {@code docker load} and the like, written to a stream. The stream is not closed. */
    public static Output dockerArchive(OutputStream stream) {
        return new Output(
                "docker", Optional.empty(), Optional.of(requireNonNull(stream, "stream is null")), new TreeMap<>());
    }

    /**
     * Loads the image into a running Docker Engine or Podman: the one that docker would use ({@code DOCKER_HOST}, {@code
     * DOCKER_CONTEXT}, the current context, the usual sockets). If there are several platforms, all are loaded if the engine can
     * store them, else only the engine's own.
     *
     * @param names such as {@code app:1.4.0}; the tag is {@code latest} if a name has none. Without any, the image is found by its
     *     id
     */
    public static Output engine(String... names) {
        String joined = String.join(",", List.of(requireNonNull(names, "names is null")));
        return new Output(
                "docker", Optional.empty(), joined.isEmpty() ? new TreeMap<>() : new TreeMap<>(Map.of("name", joined)));
    }

    /** The files of the image in a folder. With several platforms, each has its own folder in it ({@code linux_amd64/}, ...). */
    public static Output localDirectory(Path directory) {
        return new Output("local", Optional.of(requireNonNull(directory, "directory is null")), new TreeMap<>());
    }

    /**
     * Pushes the image to registries. The tags move once the whole image is there and every other output is ready.
     *
     * @param names such as {@code registry.example.com/app:1.4.0}; the tag is {@code latest} if a name has none
     */
    public static Output registry(String... names) {
        String joined = String.join(",", List.of(requireNonNull(names, "names is null")));
        return new Output("registry", Optional.empty(), new TreeMap<>(Map.of("name", joined)));
    }

    /** The files of the image in a tar archive. With several platforms, each has its own folder in it ({@code linux_amd64/}, ...). */
    public static Output tarArchive(Path file) {
        return new Output("tar", Optional.of(requireNonNull(file, "file is null")), new TreeMap<>());
    }

    /** The files of the image as a tar archive, as {@link #tarArchive(Path)}, written to a stream. The stream is not closed. */
    public static Output tarArchive(OutputStream stream) {
        return new Output(
                "tar", Optional.empty(), Optional.of(requireNonNull(stream, "stream is null")), new TreeMap<>());
    }

    /** The same output with an option added or replaced. */
    public Output with(String attribute, String value) {
        TreeMap<String, String> more = new TreeMap<>(attributes);
        more.put(requireNonNull(attribute, "attribute is null"), requireNonNull(value, "value is null"));
        return new Output(type, destination, stream, more);
    }

    /**
     * The value of a boolean option, in any notation that buildx accepts.
     *
     * @param otherwise the value if the option is not set
     * @throws InvalidOutputException if the value is not a boolean
     */
    public boolean flag(String attribute, boolean otherwise) {
        String value = attributes.get(requireNonNull(attribute, "attribute is null"));
        if (value == null) {
            return otherwise;
        }
        return switch (value) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default ->
                throw new InvalidOutputException(
                        "output type=" + type + ": " + attribute + " is '" + value + "'; write true or false");
        };
    }
}
