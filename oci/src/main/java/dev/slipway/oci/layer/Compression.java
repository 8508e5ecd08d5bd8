package dev.slipway.oci.layer;

import static java.util.Objects.requireNonNull;

import dev.slipway.oci.MediaTypes;

/**
 * How a layer is compressed.
 *
 * @param format the format
 * @param level 0 to 9 for gzip, 1 to 22 for zstd, 0 for none
 */
public record Compression(Format format, int level) {

    /** What BuildKit takes unless told otherwise. */
    public static final Compression GZIP = new Compression(Format.GZIP, 6);

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
        NONE("uncompressed", MediaTypes.OCI_LAYER, 0, 0),
        GZIP("gzip", MediaTypes.OCI_LAYER_GZIP, 0, 9),
        ZSTD("zstd", MediaTypes.OCI_LAYER_ZSTD, 1, 22);

        private final String attribute;
        private final String mediaType;
        private final int lowest;
        private final int highest;

        Format(String attribute, String mediaType, int lowest, int highest) {
            this.attribute = attribute;
            this.mediaType = mediaType;
            this.lowest = lowest;
            this.highest = highest;
        }

        /** The name of an output's {@code compression} option. */
        public String attribute() {
            return attribute;
        }

        /** The OCI media type of a layer in this format. */
        public String mediaType() {
            return mediaType;
        }
    }
}
