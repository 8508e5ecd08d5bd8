package dev.slipway;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.BuildSession;
import dev.slipway.frontend.NamedContext;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a request finds on the client's disk before the build begins.
 *
 * @param main the main context: a folder, or an address at which the executor finds it
 * @param root where relative paths of a Dockerfile lead if the main context is not a folder that the client knows
 * @param dockerfile where the Dockerfile is, if not in its usual place
 * @param named the named contexts, as the frontend wants them
 * @param session what executors are offered
 * @param files the folders and files that steps may read
 */
record LocalContext(
        ContextPlace main,
        Optional<Path> root,
        Optional<DockerfilePlace> dockerfile,
        Map<String, NamedContext> named,
        BuildSession session,
        ClientFiles files)
        implements AutoCloseable {

    static LocalContext of(BuildRequest request, Client client) {
        ClientFiles files = new ClientFiles(client.temporaryFolder());
        try {
            return of(request, client, files);
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private static LocalContext of(BuildRequest request, Client client, ClientFiles files) {
        ContextPlace main = request.context();
        Optional<DockerfilePlace> dockerfile = request.dockerfile();
        Optional<Path> root = Optional.empty();
        if (main instanceof ContextPlace.Input input) {
            if (files.isArchive(input.file())) {
                main = files.upload(input.file());
            } else if (dockerfile.isPresent()) {
                throw new BuildException(
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
        request.buildContexts().forEach((name, place) -> named.put(ContextName.of(name), files.named(name, place)));
        BuildSession session = new BuildSession(
                files.directories(),
                files.layouts(),
                id -> Optional.ofNullable(request.secrets().get(id)).map(source -> read(id, source)),
                new TreeMap<>(request.sshAgents()),
                new TreeSet<>(request.allowed()),
                files.uploads(),
                client.credentials());
        return new LocalContext(main, root, dockerfile, named, session, files);
    }

    private static byte[] read(String id, SecretSource source) {
        String what = "cannot read the secret " + id;
        return CallerCode.call(what, () -> requireNonNull(source.read(), "its source returned nothing"));
    }

    @Override
    public void close() {
        files.close();
    }
}
