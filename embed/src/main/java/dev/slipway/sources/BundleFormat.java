package dev.slipway.sources;

/** How a bundle says what is in it: by annotations in its {@code index.json}. */
final class BundleFormat {

    /** Of the manifest with the lock. */
    static final String LOCK = "dev.slipway.bundle.lock";

    /** Of an image with the files of a repository or URL: the digest of the source's op. */
    static final String SOURCE = "dev.slipway.bundle.source";

    /** Of such an image: what it was made of, for people. */
    static final String ORIGIN = "dev.slipway.bundle.origin";

    static final String LOCK_TYPE = "application/vnd.dev.slipway.lock.v1+json";
    static final String EMPTY_TYPE = "application/vnd.oci.empty.v1+json";

    private BundleFormat() {}
}
