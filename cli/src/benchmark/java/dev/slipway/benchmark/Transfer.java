package dev.slipway.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * How fast one large layer goes to a registry on loopback (the package docker-registry) and comes back, beside what disk and
 * loopback can do, and beside curl with the same registry, which checks nothing.
 */
final class Transfer {

    private static final double NANOS = 1e9;
    private static final int PIECE = 1 << 20;
    private static final int PATIENCE_SECONDS = 1800;

    private final Path work;
    private final Path raw;
    private final Figures figures = new Figures();
    private final Table table = new Table();

    Transfer(Path work, Path raw) {
        this.work = work;
        this.raw = raw;
    }

    /** Something that is measured. */
    private interface Action {
        void run() throws IOException, InterruptedException;
    }

    void run(int gigabytes, int rounds) throws IOException, InterruptedException {
        Path file = work.resolve("layer");
        noise(file, gigabytes * 1_000_000_000L);
        TransferClient.digest(file);
        table.add(List.of(gigabytes + " GB in one layer", "time", "peak memory"));
        for (int i = 0; i < rounds; i++) {
            Path storage = work.resolve("registry-" + i);
            try (LocalRegistry registry = new LocalRegistry(storage)) {
                String host = registry.host();
                measure("disk and loopback", () -> copy(file, work.resolve("copy")));
                client("push", host, file);
                client("pull", host, work.resolve("pulled"));
                curl(host, file);
            }
            Folders.delete(storage);
        }
        figures.write(raw);
        System.out.print(table);
        System.out.println("All figures are in " + raw);
    }

    private void measure(String what, Action action) throws IOException, InterruptedException {
        long start = System.nanoTime();
        action.run();
        add(what, (System.nanoTime() - start) / NANOS, "");
    }

    private void add(String what, double seconds, String memory) {
        figures.add("transfer", what, seconds);
        table.add(List.of(what, String.format("%.1f s", seconds), memory));
    }

    private void client(String verb, String host, Path file) throws IOException, InterruptedException {
        Program program = new Program(PATIENCE_SECONDS);
        long start = System.nanoTime();
        program.run(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-XX:NewSize=40m",
                "-cp",
                System.getProperty("java.class.path"),
                TransferClient.class.getName(),
                verb,
                host,
                file.toString()));
        double seconds = (System.nanoTime() - start) / NANOS;
        add(verb, seconds, program.peakMemory().orElse(0) / 1_000_000 + " MB");
    }

    /** The same two transfers, without any check. */
    private void curl(String host, Path file) throws IOException, InterruptedException {
        Program curl = new Program(PATIENCE_SECONDS);
        String absence = curl.absence("curl", "--version");
        if (!absence.isEmpty()) {
            System.out.println("curl is not measured: " + absence);
            return;
        }
        String digest = TransferClient.digest(file).toString();
        String script = "place=$(curl -s -i -X POST http://%s/v2/curl/blobs/uploads/ | tr -d '\\r"
                + "' | sed -n 's/^Location: //Ip')\n"
                + "curl -s -f -T %s -H 'Content-Type: application/octet-stream' \"$place&digest=%s\"";
        measure("push by curl", () -> curl.run(List.of("sh", "-c", script.formatted(host, file, digest))));
        measure(
                "pull by curl",
                () -> curl.run(List.of(
                        "curl",
                        "-s",
                        "-f",
                        "-o",
                        work.resolve("curled").toString(),
                        "http://" + host + "/v2/curl/blobs/" + digest)));
    }

    private static void noise(Path file, long size) throws IOException {
        Random random = new Random(7);
        byte[] noise = new byte[PIECE];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long done = 0; done < size; done += noise.length) {
                random.nextBytes(noise);
                out.write(noise);
            }
        }
    }

    /** From one file through loopback into another. */
    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FutureTask<Void> receiver = new FutureTask<>(() -> {
                try (Socket socket = server.accept();
                        InputStream in = socket.getInputStream();
                        OutputStream out = Files.newOutputStream(to)) {
                    pipe(in, out);
                }
                return null;
            });
            new Thread(receiver).start();
            try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort());
                    InputStream in = Files.newInputStream(from)) {
                pipe(in, socket.getOutputStream());
            }
            receiver.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    static void pipe(InputStream in, OutputStream out) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            out.write(piece, 0, n);
        }
    }
}
