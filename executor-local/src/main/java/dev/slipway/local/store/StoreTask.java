package dev.slipway.local.store;

import dev.slipway.executor.ExecutorException;
import dev.slipway.oci.disk.FileErrors;
import java.io.IOException;

/**
 * Something that reads or writes files for somebody who asked for more than files.
 *
 * @param <T> what comes out
 */
@FunctionalInterface
public interface StoreTask<T> {

    T run() throws IOException, InterruptedException;

    /**
     * Does it. A file that fails because the thread was interrupted is no failure.
     *
     * @throws ExecutorException if it fails
     */
    static <T> T perform(StoreTask<T> task) throws InterruptedException {
        try {
            return task.run();
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new ExecutorException(FileErrors.reason(e), e);
        }
    }
}
