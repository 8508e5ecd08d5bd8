package dev.slipway.oci.registry;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.executor.ImageReference;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real registry on loopback: the program of the distribution's package docker-registry. */
public record DistributionRegistry(Process process, int port) implements AutoCloseable {

    /**
     * Starts one.
     *
     * @param folder where its images and its config are
     * @param tls members of {@code http.tls} of its config, or empty
     * @param auth the value of {@code auth} of its config, or empty
     */
    public static DistributionRegistry start(Path folder, String tls, String auth)
            throws IOException, InterruptedException {
        Optional<Path> program = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(bin -> Path.of(bin, "docker-registry"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(program.isPresent(), "the package docker-registry is not installed");
        int port = freePort();
        Path config = folder.resolve("config.yml");
        Files.writeString(config, """
            version: 0.1
            log: {level: error}
            storage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}}
            http: {addr: "127.0.0.1:%d"%s}
            %s
            """.formatted(
                        folder.resolve("storage"),
                        port,
                        tls.isEmpty() ? "" : ", tls: " + tls,
                        auth.isEmpty() ? "" : "auth: " + auth));
        Process process = new ProcessBuilder(program.get().toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        while (process.isAlive()) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return new DistributionRegistry(process, port);
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IOException("the registry does not start: " + Files.readString(folder.resolve("log")));
    }

    /** Starts one that anybody may use, over plain HTTP. */
    public static DistributionRegistry start(Path folder) throws IOException, InterruptedException {
        return start(folder, "", "");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String host() {
        return "127.0.0.1:" + port;
    }

    ImageReference reference(String name) {
        return ImageReference.parse(host() + "/" + name);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
