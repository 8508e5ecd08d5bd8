package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What an example needs running beside its build: a folder of it as a git repository on loopback.
 *
 * @param server the server, if there is one
 * @param buildArgs what the build has to be told of it
 */
record ExampleServices(Optional<Process> server, Map<String, String> buildArgs) implements AutoCloseable {

    static ExampleServices start(Path root, Path example, JsonNode needs) throws IOException {
        if (!needs.has("source")) {
            return new ExampleServices(Optional.empty(), Map.of());
        }
        Process server = new ProcessBuilder(
                        root.resolve("testdata/serve-git").toString(),
                        "0",
                        example.resolve(needs.get("source").asText()).toString(),
                        "hello",
                        "v1.0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        String address = output.readLine();
        if (address == null) {
            throw new IOException("testdata/serve-git ended without an address");
        }
        return new ExampleServices(Optional.of(server), Map.of("SOURCE", address));
    }

    @Override
    public void close() {
        server.ifPresent(process -> {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        });
    }
}
