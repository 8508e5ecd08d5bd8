package dev.slipway.local.sandbox.proot;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.text.Reason;
import dev.slipway.local.launch.LaunchedProcess;
import dev.slipway.local.launch.Linux;
import dev.slipway.local.sandbox.StepEnd;
import dev.slipway.oci.posix.Posix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The end of a process that is traced. The tracer waits for all that the process has started and tells how the last of them
 * ended, so that whoever started the process itself tells through a pipe how it ended: the status that {@code wait4} gives.
 * Without a pid namespace, what is left running is known by its tracer.
 */
final class TracedEnd implements StepEnd {

    private static final int SIGNAL = 0x7f;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(200);

    private final Path pipe;
    private final FileChannel channel;

    /** @param pipe where to make the pipe */
    TracedEnd(Path pipe) {
        this.pipe = pipe;
        try {
            Posix.get().makeNode(pipe, Posix.FIFO | 0600, 0, 0);
            // Open for both, so that neither opening nor reading ends before somebody writes.
            this.channel = FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new ExecutorException("cannot make the pipe " + pipe + ": " + e.getMessage(), e);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for the waking.
    public int await(LaunchedProcess process) throws InterruptedException {
        FutureTask<Integer> status = new FutureTask<>(this::read);
        Thread reader = new Thread(status, "slipway-end");
        reader.setDaemon(true);
        reader.start();
        process.handle().onExit().thenRun(this::wake);
        try {
            int word = status.get();
            if (word < 0) {
                return process.waitFor();
            }
            kill(process);
            return (word & SIGNAL) != 0 ? 128 + (word & SIGNAL) : word >>> 8 & 0xff;
        } catch (ExecutionException e) {
            Throwable cause = requireNonNull(e.getCause());
            throw new ExecutorException("cannot read from " + pipe + ": " + Reason.of(cause), cause);
        }
    }

    /** The status; a negative number if there will be none. */
    private int read() throws IOException {
        ByteBuffer word = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (word.hasRemaining()) {
            channel.read(word);
        }
        return word.getInt(0);
    }

    /** Comes after the status, if there is one, and is not read then. */
    private void wake() {
        try {
            channel.write(ByteBuffer.allocate(Integer.BYTES).putInt(-1).flip());
        } catch (IOException e) {
            // It is closed: nobody waits any more.
        }
    }

    /**
     * A tracer that stands still lets nobody start anything new. Those that are killed then may wait for it on the way out, as
     * long as it is there.
     */
    @Override
    public void kill(LaunchedProcess process) {
        Optional<ProcessHandle> tracer = process.handle().children().findFirst();
        Set<Long> killed = new HashSet<>();
        if (tracer.isPresent()) {
            long id = tracer.get().pid();
            Posix.get().signal(id, Linux.SIGSTOP);
            for (List<Long> traced = tracedBy(id); killed.addAll(traced); traced = tracedBy(id)) {
                traced.forEach(each -> Posix.get().signal(each, (int) Linux.SIGKILL));
            }
        }
        process.kill();
        long start = System.nanoTime();
        while (killed.stream().anyMatch(TracedEnd::isThere) && System.nanoTime() - start < PATIENCE) {
            LockSupport.parkNanos(PAUSE);
        }
    }

    private static boolean isThere(long process) {
        return Files.exists(Path.of("/proc", Long.toString(process), "exe"));
    }

    private static List<Long> tracedBy(long tracer) {
        String line = "TracerPid:\t" + tracer;
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .map(path -> path.getFileName().toString())
                    .filter(name -> Character.isDigit(name.charAt(0)))
                    .filter(name -> hasLine(Path.of("/proc", name, "status"), line))
                    .map(Long::valueOf)
                    .toList();
        } catch (IOException e) {
            throw new ExecutorException("cannot read /proc: " + e.getMessage(), e);
        }
    }

    private static boolean hasLine(Path status, String line) {
        try {
            String text = Files.readString(status, StandardCharsets.ISO_8859_1);
            boolean isDead = text.contains("\nState:\tZ") || text.contains("\nState:\tX");
            return !isDead && text.contains("\n" + line + "\n");
        } catch (IOException e) {
            return false; // It has just ended.
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(pipe);
        } catch (IOException e) {
            throw new ExecutorException("cannot remove " + pipe + ": " + e.getMessage(), e);
        }
    }
}
