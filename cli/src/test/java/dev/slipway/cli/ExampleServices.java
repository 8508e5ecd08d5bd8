package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What an example needs running beside its build: a folder of it as a git repository on loopback.
 *
 * @param server the server, if there is one
 */
record ExampleServices(Optional<GitServer> server) implements AutoCloseable {

    static ExampleServices start(Path root, Path example, JsonNode needs) throws IOException {
        if (!needs.has("source")) {
            return new ExampleServices(Optional.empty());
        }
        Path folder = example.resolve(needs.get("source").asText());
        return new ExampleServices(Optional.of(GitServer.start(root, folder, "hello", "v1.0")));
    }

    /** What the build has to be told of it. */
    Map<String, String> buildArgs() {
        return server.map(git -> Map.of("SOURCE", git.address())).orElse(Map.of());
    }

    @Override
    public void close() {
        server.ifPresent(GitServer::close);
    }
}
