package dev.slipway.local.sandbox;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.StepFailedException;
import dev.slipway.executor.event.LogStream;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.FailedCall;
import dev.slipway.local.launch.LaunchedProcess;
import dev.slipway.local.launch.Launcher;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs child programs to their end and passes on what they write. */
public final class StepProcess {

    private static final int PIECE = 64 << 10;

    private final Launcher launcher;
    private final ExecutorService readers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "slipway-output");
        thread.setDaemon(true);
        return thread;
    });

    public StepProcess(Launcher launcher) {
        this.launcher = launcher;
    }

    /** Makes the exception for a call that failed before the process became its program. */
    public interface Failure {
        RuntimeException of(FailedCall call);
    }

    /**
     * Runs a program.
     *
     * @throws StepFailedException if its exit code is none of the valid ones
     */
    public void run(ChildProgram program, SandboxRequest request, StepMonitor monitor, Failure failure)
            throws InterruptedException {
        run(program, request, monitor, failure, StepEnd.OF_NAMESPACE);
    }

    /** Runs a program whose end is known in this way. */
    public void run(ChildProgram program, SandboxRequest request, StepMonitor monitor, Failure failure, StepEnd end)
            throws InterruptedException {
        LogPump output = new LogPump(monitor, LogStream.OUTPUT, request.logLimits(), System::nanoTime);
        LogPump errors = new LogPump(monitor, LogStream.ERROR, request.logLimits(), System::nanoTime);
        LaunchedProcess process = launcher.start(program);
        try {
            Future<Optional<FailedCall>> readOutput = readers.submit(() -> read(process.output(), output, process));
            Future<Optional<FailedCall>> readErrors = readers.submit(() -> read(process.errors(), errors, process));
            int exitCode = end.await(process);
            readOutput.get();
            Optional<FailedCall> failed = readErrors.get();
            if (failed.isPresent()) {
                throw failure.of(failed.get());
            }
            List<Integer> valid = request.process().validExitCodes();
            if (!(valid.isEmpty() ? exitCode == 0 : valid.contains(exitCode))) {
                output.flush();
                errors.flush();
                throw new StepFailedException(
                        Messages.process(request.process()) + " did not complete successfully: exit code: " + exitCode,
                        exitCode);
            }
        } catch (ExecutionException e) {
            throw new ExecutorException(
                    "cannot pass on the output of " + Messages.process(request.process()),
                    requireNonNull(e.getCause()));
        } finally {
            end.kill(process);
        }
    }

    /** Reads to the end. What a child reports of a call that failed is the first that it writes. */
    private static Optional<FailedCall> read(InputStream stream, LogPump pump, LaunchedProcess process) {
        byte[] piece = new byte[PIECE];
        boolean first = true;
        try (stream) {
            for (int length = stream.read(piece); length >= 0; length = stream.read(piece)) {
                Optional<FailedCall> failed = first ? process.failure(Arrays.copyOf(piece, length)) : Optional.empty();
                if (failed.isPresent()) {
                    return failed;
                }
                first = false;
                pump.write(piece, length);
            }
        } catch (IOException e) {
            // The pipe is closed under the reader when the process is killed.
        }
        return Optional.empty();
    }
}
