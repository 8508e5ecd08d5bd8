package dev.slipway.executor.image;

import static java.util.Objects.requireNonNull;

/**
 * How a layer is compressed.
 *
 * @param format the format
 * @param level how hard to try: 0 to 9 for gzip, of which 0 stores all as it is; 0 to 22 for zstd, of which 0 and 1 are the
 *     quickest; 0 for none
 */
public record Compression(Format format, int level) {

    /** Layers are about as small as with BuildKit's default, which another compressor makes: 6 takes half as long again for 1 %. */
    public static final Compression GZIP = new Compression(Format.GZIP, 5);

    public static final Compression ZSTD = new Compression(Format.ZSTD, 3);

    public static final Compression NONE = new Compression(Format.NONE, 0);

    public Compression {
        requireNonNull(format, "format is null");
        if (level < format.lowest || level > format.highest) {
            throw new IllegalArgumentException("compression level " + level + " of " + format.attribute
                    + " is not between " + format.lowest + " and " + format.highest);
        }
    }

    /** A way of compressing. */
    public enum Format {
        NONE("uncompressed", 0, 0),
        GZIP("gzip", 0, 9),
        ZSTD("zstd", 0, 22);

        private final String attribute;
        private final int lowest;
        private final int highest;

        Format(String attribute, int lowest, int highest) {
            this.attribute = attribute;
            this.lowest = lowest;
            this.highest = highest;
        }

        /** The name of an output's {@code compression} option. */
        public String attribute() {
            return attribute;
        }
    }
}
