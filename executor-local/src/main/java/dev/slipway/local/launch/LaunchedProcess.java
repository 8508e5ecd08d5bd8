package dev.slipway.local.launch;

import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A running {@link ChildProgram}. */
public final class LaunchedProcess {

    private static final int REPORT_SIZE = 32;

    private final Process process;
    private final ChildProgram program;
    private final byte[] mark;

    LaunchedProcess(Process process, ChildProgram program, byte[] mark) {
        this.process = process;
        this.program = program;
        this.mark = mark;
    }

    /** What it writes to its standard output. */
    public InputStream output() {
        return process.getInputStream();
    }

    /** What it writes to its standard error, or the report of a failed call. */
    public InputStream errors() {
        return process.getErrorStream();
    }

    /**
     * The call that failed, if it never became the program it was started for.
     *
     * @param errors the first piece that was read from {@link #errors()}
     */
    public Optional<FailedCall> failure(byte[] errors) {
        return program.failureOfAny(mark, Arrays.copyOf(errors, Math.min(errors.length, REPORT_SIZE)));
    }

    /** Its number. */
    long pid() {
        return process.pid();
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Does something when it ends. */
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for the task.
    public void onExit(Runnable task) {
        process.onExit().thenRun(task);
    }

    /** Waits for its end as long as this; whether it came. */
    public boolean waitFor(long milliseconds) throws InterruptedException {
        return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
    }

    /** Kills it alone. */
    public void destroy() {
        process.destroyForcibly();
    }

    /** Waits for its end. Its exit code is 128 plus the number of the signal that ended it, if one did. */
    public int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    /** Its handle. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /**
     * Kills it with all that it started, and returns when all of it has ended. It must have forked into a pid namespace, whose
     * first process takes the others along: the parent ends only after that.
     */
    public void kill() {
        if (!process.isAlive()) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            process.toHandle().children().forEach(ProcessHandle::destroyForcibly);
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        process.destroyForcibly();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
