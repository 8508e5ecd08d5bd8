package dev.slipway.oci.layer;

/**
 * How much an archive may expand to before it is refused.
 *
 * @param entries number of entries
 * @param bytes length of the uncompressed archive
 */
public record LayerLimits(long entries, long bytes) {

    /** Ten million entries and 512 GiB: far more than any real layer has. */
    public static final LayerLimits DEFAULT = new LayerLimits(10_000_000, 512L << 30);
}
