package dev.slipway.local.launch;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.text.Reason;
import dev.slipway.oci.posix.SystemFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts {@link ChildProgram}s. Safe for use by several threads. */
public final class Launcher {

    private static final int TEXT_FILE_BUSY_ATTEMPTS = 50;
    private static final Object FORKING = new Object();
    private static final int MARK_SIZE = 16;

    private final Processor processor;
    private final Path file;
    private final SecureRandom random = new SecureRandom();

    private Launcher(Processor processor, Path file) {
        this.processor = processor;
        this.file = file;
    }

    /** Whether there is a launcher for this machine. */
    public static boolean isSupported() {
        return SystemFiles.isLinux() && Processor.host().isPresent();
    }

    /** Whether there is a launcher for this machine, and programs can be run from this folder. */
    public static boolean isSupportedIn(Path folder) {
        return isSupported() && SystemFiles.areKnownToKernel(folder);
    }

    /**
     * The launcher of this machine.
     *
     * @param folder an existing folder for its file, {@code launcher}, should it be needed
     * @throws ExecutorException if there is none for this machine
     */
    public static Launcher in(Path folder) {
        if (!SystemFiles.isLinux()) {
            throw new ExecutorException("RUN needs Linux, and this is " + System.getProperty("os.name")
                    + "; build in a Linux machine, such as WSL or a virtual one, or without RUN: all other"
                    + " instructions work here");
        }
        if (!SystemFiles.areKnownToKernel(folder)) {
            throw new ExecutorException("no process can be run from " + folder
                    + " because only this program sees its file system; keep the store in an ordinary folder");
        }
        Processor processor = Processor.host()
                .orElseThrow(() -> new ExecutorException("there is no launcher for the processor "
                        + System.getProperty("os.arch") + "; it is there for amd64 and arm64"));
        return new Launcher(processor, folder.resolve("launcher").toAbsolutePath());
    }

    /**
     * Writes the launcher to a new file, from which it can be run by another program.
     *
     * @throws ExecutorException if it cannot be written
     */
    public void copyTo(Path target) {
        try {
            Files.createFile(
                    target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.write(target, processor.launcher());
        } catch (IOException e) {
            throw new ExecutorException("cannot write " + target + ": " + e.getMessage(), e);
        }
    }

    /** A list of calls that has nothing in it but that the child has no signals blocked or ignored. */
    public ChildProgram program() {
        return new ChildProgram(processor).resetSignals();
    }

    /**
     * Starts a process. Its standard input is at its end, and it has no environment but what the program gives it.
     *
     * @throws ExecutorException if the machine starts no process
     */
    public LaunchedProcess start(ChildProgram program) throws InterruptedException {
        byte[] mark = new byte[MARK_SIZE];
        random.nextBytes(mark);
        byte[] list = program.encode(mark);
        Process process = start();
        try (OutputStream input = process.getOutputStream()) {
            input.write(list);
        } catch (IOException e) {
            // It was killed before it read its list: its exit code tells.
        }
        return new LaunchedProcess(process, program, mark);
    }

    /** From memory, where nobody can put something else in its place; or where that cannot be run, from its file. */
    private Process start() throws InterruptedException {
        Optional<Path> memory = LauncherMemory.file(processor);
        if (memory.isPresent()) {
            try {
                return start(memory.get());
            } catch (IOException e) {
                LauncherMemory.cannotBeRun();
            }
        }
        try {
            writeFile();
            return start(file);
        } catch (IOException e) {
            throw new ExecutorException("cannot start " + file + ": " + reason(e), e);
        }
    }

    private synchronized void writeFile() throws IOException {
        byte[] program = processor.launcher();
        if (Files.isExecutable(file) && Arrays.equals(Files.readAllBytes(file), program)) {
            return;
        }
        Path aside = Files.createTempFile(
                file.getParent(),
                "launcher",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            Files.write(aside, program);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static Process start(Path program) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(program.toString());
        builder.environment().clear();
        for (int attempt = 1; ; attempt++) {
            try {
                // One at a time: a child holds all that is open here until it has become the launcher, which is when
                // start()
                // returns. A file that another thread was writing then could not be run afterwards, for it would be
                // busy.
                synchronized (FORKING) {
                    return builder.start();
                }
            } catch (IOException e) {
                // A child that others in this JVM have just forked may still hold the descriptor the file was written
                // through.
                boolean busy = Reason.of(e).contains("error=" + Errno.ETXTBSY.number() + ",");
                if (!busy || attempt == TEXT_FILE_BUSY_ATTEMPTS) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
    }

    private static String reason(IOException e) {
        return Reason.of(e).contains("error=" + Errno.EACCES.number() + ",")
                ? "the folder must be on a file system that is not mounted with noexec"
                : Reason.of(e);
    }
}
