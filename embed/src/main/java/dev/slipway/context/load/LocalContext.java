package dev.slipway.context.load;

import dev.slipway.caller.RefusedException;
import dev.slipway.context.ContextPlace;
import dev.slipway.context.DockerfilePlace;
import dev.slipway.frontend.NamedContext;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a build finds on the client's disk before it begins.
 *
 * @param main the main context: a folder, or an address at which the executor finds it
 * @param root where relative paths of a Dockerfile lead if the main context is not a folder that the client knows
 * @param dockerfile where the Dockerfile is, if not in its usual place
 * @param named the named contexts, as the frontend wants them
 * @param files the folders and files that steps may read
 */
public record LocalContext(
        ContextPlace main,
        Optional<Path> root,
        Optional<DockerfilePlace> dockerfile,
        Map<String, NamedContext> named,
        ClientFiles files)
        implements AutoCloseable {

    /**
     * Looks for it.
     *
     * @param context the main context
     * @param dockerfile where the Dockerfile is, if not in its usual place
     * @param contexts what names stand for, by the names that users write
     * @param temporary the folder for what lasts no longer than the build; without it, the system's
     */
    public static LocalContext of(
            ContextPlace context,
            Optional<DockerfilePlace> dockerfile,
            Map<String, ContextPlace> contexts,
            Optional<Path> temporary) {
        ClientFiles files = new ClientFiles(temporary);
        try {
            return of(context, dockerfile, contexts, files);
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private static LocalContext of(
            ContextPlace context,
            Optional<DockerfilePlace> given,
            Map<String, ContextPlace> contexts,
            ClientFiles files) {
        ContextPlace main = context;
        Optional<DockerfilePlace> dockerfile = given;
        Optional<Path> root = Optional.empty();
        if (main instanceof ContextPlace.Input input) {
            if (files.isArchive(input.file())) {
                main = files.upload(input.file());
            } else if (dockerfile.isPresent()) {
                throw new RefusedException(
                        "there are two Dockerfiles: the input is not an archive, so it is the Dockerfile, and"
                                + " another one is named; give an archive, or name no Dockerfile");
            } else {
                dockerfile = Optional.of(files.text(input.file()));
                main = files.emptyFolder();
            }
        } else if (!(main instanceof ContextPlace.Address)) {
            ContextPlace.Folder folder = files.mainFolder(main);
            root = main instanceof ContextPlace.Folder ? root : Optional.of(folder.path());
            main = folder;
        }
        Map<String, NamedContext> named = new LinkedHashMap<>();
        contexts.forEach((name, place) -> named.put(ContextName.of(name), files.named(name, place)));
        return new LocalContext(main, root, dockerfile, named, files);
    }

    /** The address of the main context; empty for a folder. */
    public Optional<String> address() {
        return main instanceof ContextPlace.Address address ? Optional.of(address.url()) : Optional.empty();
    }

    @Override
    public void close() {
        files.close();
    }
}
