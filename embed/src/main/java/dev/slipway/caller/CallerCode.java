package dev.slipway.caller;

import dev.slipway.executor.ClientException;
import dev.slipway.executor.ExecutorException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Calls code that a request or its caller has brought: whatever it throws gets to the caller as one type. */
public final class CallerCode {

    private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);

    private CallerCode() {}

    /** Code of the caller out of which nothing comes. */
    @FunctionalInterface
    interface Action {

        void run() throws IOException;
    }

    /** Calls it, as {@link #call} does. */
    static void run(String what, Action action) {
        call(what, () -> {
            action.run();
            return true;
        });
    }

    /**
     * Calls it.
     *
     * @param what cannot be done if it fails, such as {@code cannot read the secret token}
     * @throws ClientException if it throws anything, which may be a failure of a build of its own
     */
    public static <T> T call(String what, Code<T> code) {
        DEPTH.set(DEPTH.get() + 1);
        try {
            return code.run();
        } catch (IOException | RuntimeException | Error e) {
            throw new ClientException(what, e);
        } finally {
            DEPTH.set(DEPTH.get() - 1);
        }
    }

    /** Calls it, and gives what it throws, if it does. */
    public static Optional<Throwable> failure(Runnable code) {
        DEPTH.set(DEPTH.get() + 1);
        try {
            code.run();
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            return Optional.of(e);
        } finally {
            DEPTH.set(DEPTH.get() - 1);
        }
    }

    /** What the caller has brought. */
    public interface Code<T> {
        T run() throws IOException;
    }

    /**
     * Reads what is in a folder, which may be on a file system of the caller's own.
     *
     * @param code of ours, which calls that file system
     * @throws ClientException if that throws what no file system of the machine does
     */
    public static <T> T read(Path folder, Supplier<T> code) {
        try {
            return code.get();
        } catch (ExecutorException | RefusedException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            if (folder.getFileSystem() == FileSystems.getDefault()) {
                throw e;
            }
            throw new ClientException("cannot read the context " + folder, e);
        }
    }

    /** Whether this thread is in such code, which the build waits for. */
    public static boolean isRunning() {
        return DEPTH.get() > 0;
    }
}
