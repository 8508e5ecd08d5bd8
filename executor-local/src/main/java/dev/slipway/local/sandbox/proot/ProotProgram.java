package dev.slipway.local.sandbox.proot;

import dev.slipway.local.launch.Launcher;
import dev.slipway.oci.disk.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The program {@code proot} of this machine.
 *
 * @param file where it is
 * @param loader the program in which the tracer starts all others. It would write one itself each time, which nobody could run
 *     but the user who runs the tracer
 */
public record ProotProgram(Path file, byte[] loader) {

    static final String NAME = "proot";

    /** What keeps the tracer from a filter of its own: that would hide paths from the one that is there already. */
    static final Map.Entry<String, String> NO_FILTER = Map.entry("PROOT_NO_SECCOMP", "1");

    /** Where the tracer keeps its files. */
    static final String FOLDER = "PROOT_TMP_DIR";

    /** Where the tracer finds the loader. */
    static final String LOADER = "PROOT_LOADER";

    /** Where it finds that of programs of 32 bits. */
    static final String LOADER_32 = "PROOT_LOADER_32";

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    /**
     * A program that can be used, or why there is none.
     *
     * @param program what can be used
     * @param problem why there is none
     */
    public record Trial(Optional<ProotProgram> program, String problem) {}

    /**
     * Looks for it and starts it once: where processes cannot be traced it is of no use.
     *
     * @param scratch an existing folder
     */
    public static Trial find(Launcher launcher, Path scratch) {
        Optional<Path> file = search();
        if (file.isEmpty()) {
            return new Trial(Optional.empty(), "it is not installed");
        }
        try {
            Path folder = Files.createTempDirectory(scratch, NAME);
            try {
                return run(file.get(), launcher, folder);
            } finally {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            return new Trial(Optional.empty(), "it cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Trial(Optional.empty(), "the trial was interrupted");
        }
    }

    private static Optional<Path> search() {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/bin:/usr/local/bin";
        return Stream.of(path.split(":"))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, NAME))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A launcher waits for its list. As long as it does, the loader that it was started with is there. */
    private static Trial run(Path file, Launcher launcher, Path folder) throws IOException, InterruptedException {
        Path traced = folder.resolve("launcher");
        launcher.copyTo(traced);
        Path files = Files.createDirectory(folder.resolve("files"));
        ProcessBuilder builder = new ProcessBuilder(file.toString(), "-v", "-1", traced.toString());
        builder.environment().clear();
        builder.environment().put(NO_FILTER.getKey(), NO_FILTER.getValue());
        builder.environment().put(FOLDER, files.toString());
        Process process = builder.redirectErrorStream(true).start();
        try {
            Optional<byte[]> loader = Optional.empty();
            for (long start = System.nanoTime(); loader.isEmpty() && process.isAlive(); ) {
                if (System.nanoTime() - start > PATIENCE) {
                    return new Trial(Optional.empty(), "it starts no program");
                }
                TimeUnit.MILLISECONDS.sleep(1);
                loader = loader(file, process);
            }
            process.getOutputStream().close();
            if (loader.isPresent()) {
                return new Trial(Optional.of(new ProotProgram(file, loader.get())), "");
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Trial(
                    Optional.empty(),
                    "it cannot trace processes: "
                            + said.lines()
                                    .findFirst()
                                    .orElse("exit code " + process.waitFor())
                                    .strip());
        } finally {
            process.destroy();
            process.waitFor(2, TimeUnit.SECONDS);
            process.destroyForcibly();
        }
    }

    /** The file that the traced process was started from, whatever name it had, once that is not the tracer any more. */
    private static Optional<byte[]> loader(Path tracer, Process process) throws IOException {
        Optional<Path> traced =
                process.children().findFirst().map(child -> Path.of("/proc", Long.toString(child.pid()), "exe"));
        if (traced.isEmpty() || Files.readSymbolicLink(traced.get()).equals(tracer.toRealPath())) {
            return Optional.empty();
        }
        return Optional.of(Files.readAllBytes(traced.get()));
    }
}
