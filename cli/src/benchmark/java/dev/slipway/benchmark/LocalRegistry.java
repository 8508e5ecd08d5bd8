package dev.slipway.benchmark;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.oci.layout.OciLayout;
import dev.slipway.oci.registry.Push;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistrySettings;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A registry on loopback (the package docker-registry), which runs from its first use on. */
final class LocalRegistry implements Closeable {

    private static final String PROGRAM = "docker-registry";

    private final Path folder;
    private Optional<Process> process = Optional.empty();
    private String host = "";

    /** @param folder where it keeps what it has */
    LocalRegistry(Path folder) {
        this.folder = folder;
    }

    /** Why there is none here, or an empty text. */
    static String absence() {
        return new Program().absence(PROGRAM, "--version");
    }

    /** Its address, as references begin. */
    String host() throws IOException, InterruptedException {
        if (process.isEmpty()) {
            start();
        }
        return host;
    }

    /** Pushes the image of a layout. */
    String push(Path layout, String name) throws IOException, InterruptedException {
        String image = host() + "/" + name;
        try (OciLayout source = OciLayout.open(layout)) {
            Push push = Push.of(ImageReference.parse(image), source.index().manifests().get(0), source);
            new RegistryClient(RegistrySettings.anonymous()).push(push, StepMonitor.NONE);
        }
        return image;
    }

    private void start() throws IOException, InterruptedException {
        int port = freePort();
        Files.createDirectories(folder);
        Path log = folder.resolve("log");
        Path config = Files.writeString(
                folder.resolve("config.yml"),
                """
                version: 0.1
                log: {level: error}
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "127.0.0.1:%d"}
                """
                        .formatted(folder.resolve("images"), port));
        Process started = new ProcessBuilder(PROGRAM, "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process = Optional.of(started);
        host = "127.0.0.1:" + port;
        while (started.isAlive()) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        throw new IOException("the registry does not start: " + Files.readString(log));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Ends it; what it has stays. */
    @Override
    public void close() throws IOException {
        if (process.isPresent()) {
            process.get().destroy();
            try {
                process.get().waitFor(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
