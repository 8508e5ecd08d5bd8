import dev.slipway.executor.ExecutorProvider;
import dev.slipway.local.LocalExecutorProvider;

/** Runs builds on this machine. It is found by its name and used as any executor, so it exports nothing. */
module dev.slipway.executor.local {
    requires com.sun.jna;
    requires dev.slipway.executor.spi;
    requires dev.slipway.oci;
    requires java.net.http;
    requires org.snakeyaml.engine;
    requires static org.jspecify;

    provides ExecutorProvider with
            LocalExecutorProvider;
}
