package dev.slipway.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real registry on loopback, without login and over plain HTTP. */
record LoopbackRegistry(Process process, int port) implements AutoCloseable {

    /** Starts one that keeps its images in this folder. */
    static LoopbackRegistry start(Path folder) throws IOException, InterruptedException {
        int port = freePort();
        Path config = folder.resolve("registry.yml");
        Files.writeString(config, """
                version: 0.1
                log: {level: error}
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "127.0.0.1:%d"}
                """.formatted(folder.resolve("registry"), port));
        Process process = new ProcessBuilder("docker-registry", "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("registry.log").toFile())
                .start();
        while (process.isAlive()) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return new LoopbackRegistry(process, port);
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IOException("the registry does not start: " + Files.readString(folder.resolve("registry.log")));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Host and port, as they stand in references. */
    String host() {
        return "127.0.0.1:" + port;
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
