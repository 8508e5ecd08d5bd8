import dev.slipway.executor.ExecutorProvider;

/** LLB, and what an executor implements. Needs the JDK only. */
@SuppressWarnings("module") // The modules that are named are built after this one.
module dev.slipway.executor.spi {
    requires static org.jspecify;

    exports dev.slipway.executor;
    exports dev.slipway.executor.archive to
            dev.slipway,
            dev.slipway.executor.local;
    exports dev.slipway.executor.cache;
    exports dev.slipway.executor.event;
    exports dev.slipway.executor.image;
    exports dev.slipway.executor.pattern to
            dev.slipway.executor.local,
            dev.slipway.solver;
    exports dev.slipway.executor.text to
            dev.slipway,
            dev.slipway.executor.local,
            dev.slipway.oci,
            dev.slipway.solver;
    exports dev.slipway.llb;

    uses ExecutorProvider;
}
