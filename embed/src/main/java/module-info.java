import dev.slipway.executor.ExecutorProvider;

/** Builds Dockerfiles inside any Java program. */
module dev.slipway {
    requires static org.jspecify;
    requires transitive dev.slipway.executor.spi;
    requires transitive dev.slipway.oci;
    requires transitive dev.slipway.parser;
    requires transitive dev.slipway.solver;

    exports dev.slipway;
    exports dev.slipway.attest;
    exports dev.slipway.cache;
    exports dev.slipway.context;
    exports dev.slipway.describe;
    exports dev.slipway.foreign;
    exports dev.slipway.lock;
    exports dev.slipway.plan;
    exports dev.slipway.policy;
    exports dev.slipway.progress;

    uses ExecutorProvider;
}
