package dev.slipway;

import dev.slipway.executor.ClientException;
import dev.slipway.executor.ExecutorException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Calls code that a request or its caller has brought: whatever it throws gets to the caller as one type. */
final class CallerCode {

    private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);

    private CallerCode() {}

    /**
     * Calls it.
     *
     * @param what cannot be done if it fails, such as {@code cannot read the secret token}
     * @throws ExecutorException what it throws itself of this type, as sources of secrets may
     * @throws ClientException if it throws anything else
     */
    static <T> T call(String what, Supplier<T> code) {
        DEPTH.set(DEPTH.get() + 1);
        try {
            return code.get();
        } catch (ExecutorException | BuildException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw new ClientException(what, e);
        } finally {
            DEPTH.set(DEPTH.get() - 1);
        }
    }

    /**
     * Reads what is in a folder, which may be on a file system of the caller's own.
     *
     * @throws ClientException if that throws what no file system of the machine does
     */
    static <T> T read(Path folder, Supplier<T> code) {
        return folder.getFileSystem() == FileSystems.getDefault()
                ? code.get()
                : call("cannot read the context " + folder, code);
    }

    /** Whether this thread is in such code, which the build waits for. */
    static boolean isRunning() {
        return DEPTH.get() > 0;
    }
}
