/**
 * Images, layers, outputs, registries, and files on disk: what executors and the library share. Only the config of an image
 * is for others.
 */
@SuppressWarnings("module") // The modules that are named are built after this one.
module dev.slipway.oci {
    requires com.fasterxml.jackson.core;
    requires com.github.luben.zstd_jni;
    requires com.sun.jna;
    requires java.net.http;
    requires org.apache.commons.compress;
    requires org.tukaani.xz;
    requires static org.jspecify;
    requires transitive dev.slipway.executor.spi;

    exports dev.slipway.oci to
            dev.slipway,
            dev.slipway.executor.local;
    exports dev.slipway.oci.attest to
            dev.slipway,
            dev.slipway.solver;
    exports dev.slipway.oci.cache to
            dev.slipway,
            dev.slipway.solver;
    exports dev.slipway.oci.config;
    exports dev.slipway.oci.disk to
            dev.slipway,
            dev.slipway.executor.local;
    exports dev.slipway.oci.image to
            dev.slipway;
    exports dev.slipway.oci.json to
            dev.slipway,
            dev.slipway.executor.local,
            dev.slipway.solver;
    exports dev.slipway.oci.layer to
            dev.slipway,
            dev.slipway.executor.local;
    exports dev.slipway.oci.layout to
            dev.slipway,
            dev.slipway.executor.local;
    exports dev.slipway.oci.output to
            dev.slipway;
    exports dev.slipway.oci.posix to
            dev.slipway.executor.local;
    exports dev.slipway.oci.registry to
            dev.slipway,
            dev.slipway.executor.local;
}
