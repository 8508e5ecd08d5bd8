package dev.slipway.cli;

import dev.slipway.oci.disk.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real engine of the distribution's packages, with a socket and a store of its own, which reaches no network.
 *
 * @param folder where it keeps everything; it goes with the engine
 * @param client the command that asks it
 */
record RealEngine(Kind kind, Process process, Path folder, List<String> client) implements AutoCloseable {

    /** Which engine. */
    enum Kind {
        DOCKER,
        PODMAN
    }

    /** Starts one that keeps everything in this folder. */
    static RealEngine start(Kind kind, Path folder) throws IOException, InterruptedException {
        String address = "unix://" + folder.resolve("engine.sock");
        List<String> podman = List.of(
                "podman",
                "--root=" + folder.resolve("images"),
                "--runroot=" + folder.resolve("run"),
                "--tmpdir=" + folder.resolve("tmp"),
                "--storage-driver=vfs",
                "--cgroup-manager=cgroupfs",
                "--events-backend=file",
                "--runtime=runc");
        return switch (kind) {
            case DOCKER -> {
                List<String> server = List.of(
                        "dockerd",
                        "--host=" + address,
                        "--data-root=" + folder.resolve("data"),
                        "--exec-root=" + folder.resolve("exec"),
                        "--pidfile=" + folder.resolve("pid"),
                        "--storage-driver=vfs",
                        "--iptables=false",
                        "--ip6tables=false",
                        "--bridge=none");
                yield start(kind, server, List.of("docker", "--host=" + address), folder);
            }
            case PODMAN -> start(kind, with(podman, "system", "service", "--time=0", address), podman, folder);
        };
    }

    private static RealEngine start(Kind kind, List<String> server, List<String> client, Path folder)
            throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(server)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        RealEngine engine = new RealEngine(kind, process, folder, client);
        while (process.isAlive()) {
            if (Files.exists(engine.socket())
                    && engine.answer(List.of("version")).isPresent()) {
                return engine;
            }
            Thread.sleep(100);
        }
        throw new IOException(server.get(0) + " does not start: " + Files.readString(log));
    }

    Path socket() {
        return folder.resolve("engine.sock");
    }

    String address() {
        return "unix://" + socket();
    }

    /** What a container of this image prints. */
    String run(String image) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("run", "--rm", "--network=none"));
        if (kind == Kind.PODMAN) {
            // Its own limits may be higher than those of whoever runs the tests.
            arguments.addAll(List.of("--ulimit=nofile=256:256", "--ulimit=nproc=256:256"));
        }
        return ask(with(arguments, image));
    }

    /** The id of an image. */
    String id(String image) throws IOException, InterruptedException {
        String id = ask(List.of("image", "inspect", "--format={{.Id}}", image));
        return id.startsWith("sha256:") ? id : "sha256:" + id;
    }

    /** What its client says to a question. */
    String ask(List<String> arguments) throws IOException, InterruptedException {
        return answer(arguments).orElseThrow(() -> new AssertionError(kind + " refused " + arguments));
    }

    private Optional<String> answer(List<String> arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("engine", ".out");
        try {
            Process asked = new ProcessBuilder(with(client, arguments.toArray(String[]::new)))
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            if (!asked.waitFor(300, TimeUnit.SECONDS)) {
                asked.destroyForcibly();
                throw new AssertionError("still running after 300 s: " + arguments);
            }
            String said = Files.readString(out, StandardCharsets.UTF_8).strip();
            return asked.exitValue() == 0 ? Optional.of(said) : Optional.empty();
        } finally {
            Files.delete(out);
        }
    }

    private static List<String> with(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return all;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Folders.delete(folder);
    }
}
