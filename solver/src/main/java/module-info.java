/** From a Dockerfile to LLB for each platform, and from there to results: frontend, graph, routing and scheduling. */
@SuppressWarnings("module") // The module that is named is built after this one.
module dev.slipway.solver {
    requires com.google.common;
    requires static org.jspecify;
    requires transitive dev.slipway.executor.spi;
    requires transitive dev.slipway.oci;
    requires transitive dev.slipway.parser;

    exports dev.slipway.frontend;
    exports dev.slipway.frontend.context to
            dev.slipway;
    exports dev.slipway.frontend.convert to
            dev.slipway;
    exports dev.slipway.frontend.source to
            dev.slipway;
    exports dev.slipway.frontend.value to
            dev.slipway;
    exports dev.slipway.graph to
            dev.slipway;
    exports dev.slipway.provenance to
            dev.slipway;
    exports dev.slipway.routing to
            dev.slipway;
    exports dev.slipway.solver to
            dev.slipway;
    exports dev.slipway.solver.cache to
            dev.slipway;
}
