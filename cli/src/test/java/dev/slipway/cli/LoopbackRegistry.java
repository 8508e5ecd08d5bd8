package dev.slipway.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A real registry on loopback, over plain HTTP unless said otherwise. */
record LoopbackRegistry(Process process, int port, Path log) implements AutoCloseable {

    private static final Pattern REQUEST = Pattern.compile("\"([A-Z]+ /v2/\\S*) HTTP/[0-9.]+\" (\\d+)");

    /** The only user of a registry that asks for a login, whose password is {@code secret}. */
    static final String USER = "jane";

    /** Starts one without login that keeps its images in this folder. */
    static LoopbackRegistry start(Path folder) throws IOException, InterruptedException {
        return start(folder, "", "");
    }

    /** Starts one that only {@link #USER} may use. */
    static LoopbackRegistry startWithLogin(Path folder) throws IOException, InterruptedException {
        return start(folder, "", login(folder));
    }

    /** Starts one over HTTPS that only {@link #USER} may use, and only with a certificate. */
    static LoopbackRegistry startWithLogin(Path folder, LoopbackCertificates certificates)
            throws IOException, InterruptedException {
        return start(folder, ", tls: " + certificates.registrySetting(), login(folder));
    }

    private static String login(Path folder) throws IOException {
        // bcrypt of "secret", cost 4
        Path passwords = Files.writeString(
                folder.resolve("htpasswd"), USER + ":$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW\n");
        return "auth: {htpasswd: {realm: here, path: " + passwords + "}}";
    }

    private static LoopbackRegistry start(Path folder, String tls, String setting)
            throws IOException, InterruptedException {
        int port = freePort();
        Path config = folder.resolve("registry.yml");
        Path log = folder.resolve("registry.log");
        Files.writeString(config, """
                version: 0.1
                log: {level: error}
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "127.0.0.1:%d"%s}
                %s
                """.formatted(folder.resolve("registry"), port, tls, setting));
        Process process = new ProcessBuilder("docker-registry", "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        while (process.isAlive()) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return new LoopbackRegistry(process, port, log);
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IOException("the registry does not start: " + Files.readString(log));
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

    /** What it was asked for, each with the status of the answer: {@code HEAD /v2/app/manifests/1 200}. */
    List<String> requests() throws IOException {
        return REQUEST.matcher(Files.readString(log))
                .results()
                .map((MatchResult line) -> line.group(1) + " " + line.group(2))
                .toList();
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
