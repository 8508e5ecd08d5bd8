package dev.slipway.oci.layer;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that compress, shared by all layers of the process. They end when there is nothing to do. */
final class CompressionThreads {

    /** More than eight bring little: reading and digesting the layer is one thread's work. */
    static final int COUNT = Math.min(8, Runtime.getRuntime().availableProcessors());

    private static final ThreadPoolExecutor POOL = pool();

    private CompressionThreads() {}

    static void run(Runnable work) {
        POOL.execute(work);
    }

    private static ThreadPoolExecutor pool() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(COUNT, COUNT, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "slipway-compression");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
