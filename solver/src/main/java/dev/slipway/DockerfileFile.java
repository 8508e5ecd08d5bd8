package dev.slipway;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The Dockerfile of a request.
 *
 * @param name what messages call it
 * @param path where it is; empty for a text that is in no file
 * @param content its bytes
 */
record DockerfileFile(String name, Optional<Path> path, byte[] content) {

    static DockerfileFile find(BuildRequest request, Path context) {
        if (request.dockerfileText().isPresent()) {
            byte[] text = request.dockerfileText().get().getBytes(StandardCharsets.UTF_8);
            return new DockerfileFile("Dockerfile", Optional.empty(), text);
        }
        if (request.dockerfile().isPresent()) {
            Path file = request.dockerfile().get();
            return read(file, file.toString())
                    .orElseThrow(() -> new BuildException("the Dockerfile does not exist: " + file));
        }
        // As BuildKit does, for systems whose file names have no case.
        return read(context.resolve("Dockerfile"), "Dockerfile")
                .or(() -> read(context.resolve("dockerfile"), "dockerfile"))
                .orElseThrow(() -> new BuildException(
                        "there is no Dockerfile in " + context + "; name one with --file, or another folder"));
    }

    private static Optional<DockerfileFile> read(Path file, String name) {
        return LocalContext.read(file).map(content -> new DockerfileFile(name, Optional.of(file), content));
    }
}
