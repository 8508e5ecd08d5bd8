/** The tests that every executor passes. Whoever writes one extends them. */
module dev.slipway.executor.testkit {
    requires static org.jspecify;
    requires transitive dev.slipway.executor.spi;
    requires transitive org.junit.jupiter.api;

    exports dev.slipway.executor.testkit;
}
