package dev.slipway;

import dev.slipway.executor.BuildSession;
import dev.slipway.frontend.MainContext;
import dev.slipway.frontend.NamedContext;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.SourceLocation.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a request finds on the client's disk before the build begins: the Dockerfile, what is ignored, and the folders that
 * steps may read.
 *
 * @param file the Dockerfile
 * @param main the main context, as the frontend wants it
 * @param named the named contexts, as the frontend wants them
 * @param session what executors are offered
 */
record LocalContext(SourceFile file, MainContext main, Map<String, NamedContext> named, BuildSession session) {

    static LocalContext load(BuildRequest request) {
        Path directory = directory(request.context(), "the context");
        DockerfileFile dockerfile = DockerfileFile.find(request, directory);
        List<String> ignored = IgnoreFiles.forContext(directory, dockerfile.path());
        TreeMap<String, Path> directories = new TreeMap<>(Map.of(MainContext.NAME, directory));
        TreeMap<String, Path> layouts = new TreeMap<>();
        Map<String, NamedContext> named = new LinkedHashMap<>();
        request.buildContexts().forEach((name, value) -> named.put(name, named(name, value, directories, layouts)));
        BuildSession session = new BuildSession(
                directories,
                layouts,
                id -> Optional.ofNullable(request.secrets().get(id)).map(SecretSource::read),
                request.sshAgents(),
                new TreeSet<>(request.entitlements()));
        SourceFile file = new SourceFile(dockerfile.name(), "Dockerfile", Bytes.of(dockerfile.content()));
        return new LocalContext(file, new MainContext.Local(MainContext.NAME, "", ignored), named, session);
    }

    private static NamedContext named(
            String name, String value, Map<String, Path> directories, Map<String, Path> layouts) {
        if (value.startsWith("oci-layout://")) {
            LayoutAddress layout = LayoutAddress.parse(value.substring("oci-layout://".length()));
            // A colon in the layout's name would be taken for the beginning of a tag.
            String store = name.replace(':', '-');
            layouts.put(store, directory(layout.directory(), "the OCI layout of build context " + name));
            return NamedContext.of("oci-layout://" + store + layout.suffix());
        }
        if (value.contains("://") || value.startsWith("git@") || value.startsWith("target:")) {
            return NamedContext.of(value);
        }
        Path directory = directory(Path.of(value), "build context " + name);
        directories.put(name, directory);
        return new NamedContext("local:" + name, "", "", IgnoreFiles.forNamedContext(directory));
    }

    private static Path directory(Path path, String role) {
        if (Files.isDirectory(path)) {
            return path.toAbsolutePath().normalize();
        }
        throw new BuildException(
                Files.exists(path)
                        ? role + " is not a folder: " + path
                        : role + " does not exist: " + path + "; name a folder that does");
    }

    /** Reads a whole small file, or nothing if there is none. */
    static Optional<byte[]> read(Path file) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new BuildException("cannot read " + file + ": " + e.getMessage(), List.of(), e);
        }
    }
}
