package dev.slipway.oci;

import dev.slipway.executor.image.Compression;
import java.util.Set;

/** The media types of images, OCI's and Docker's. */
public final class MediaTypes {

    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
    public static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar";
    public static final String OCI_LAYER_GZIP = OCI_LAYER + "+gzip";
    public static final String OCI_LAYER_ZSTD = OCI_LAYER + "+zstd";

    public static final String DOCKER_INDEX = "application/vnd.docker.distribution.manifest.list.v2+json";
    public static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    public static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
    public static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar";
    public static final String DOCKER_LAYER_GZIP = DOCKER_LAYER + ".gzip";
    public static final String DOCKER_LAYER_ZSTD = DOCKER_LAYER + ".zstd";

    /** The config of what is no image. */
    public static final String OCI_EMPTY = "application/vnd.oci.empty.v1+json";

    /** A statement about an image. */
    public static final String IN_TOTO = "application/vnd.in-toto+json";

    private static final Set<String> FOREIGN_LAYERS = Set.of(
            "application/vnd.oci.image.layer.nondistributable.v1.tar",
            "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
            "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd",
            "application/vnd.docker.image.rootfs.foreign.diff.tar",
            "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");

    private static final Set<String> LAYERS =
            Set.of(OCI_LAYER, OCI_LAYER_GZIP, OCI_LAYER_ZSTD, DOCKER_LAYER, DOCKER_LAYER_GZIP, DOCKER_LAYER_ZSTD);

    private MediaTypes() {}

    /** Whether this is a list of manifests. */
    public static boolean isIndex(String mediaType) {
        return mediaType.equals(OCI_INDEX) || mediaType.equals(DOCKER_INDEX);
    }

    /** Whether this is a single manifest. */
    public static boolean isManifest(String mediaType) {
        return mediaType.equals(OCI_MANIFEST) || mediaType.equals(DOCKER_MANIFEST);
    }

    /** Whether this is an image config. */
    public static boolean isConfig(String mediaType) {
        return mediaType.equals(OCI_CONFIG) || mediaType.equals(DOCKER_CONFIG);
    }

    /** Whether this is a layer of files, foreign ones included. */
    public static boolean isLayer(String mediaType) {
        return LAYERS.contains(mediaType) || FOREIGN_LAYERS.contains(mediaType);
    }

    /** The OCI type of a layer that is compressed like this. */
    public static String layer(Compression.Format format) {
        return switch (format) {
            case NONE -> OCI_LAYER;
            case GZIP -> OCI_LAYER_GZIP;
            case ZSTD -> OCI_LAYER_ZSTD;
        };
    }

    /**
     * The OCI type of a layer that is not foreign any more, whoever's type it had.
     *
     * @throws IllegalArgumentException if this is no layer
     */
    public static String ociLayer(String mediaType) {
        return layer(mediaType, OCI_LAYER, OCI_LAYER_GZIP, OCI_LAYER_ZSTD);
    }

    /**
     * Docker's type of a layer that is not foreign any more, whoever's type it had.
     *
     * @throws IllegalArgumentException if this is no layer
     */
    public static String dockerLayer(String mediaType) {
        return layer(mediaType, DOCKER_LAYER, DOCKER_LAYER_GZIP, DOCKER_LAYER_ZSTD);
    }

    private static String layer(String mediaType, String plain, String gzip, String zstd) {
        if (!isLayer(mediaType)) {
            throw new IllegalArgumentException("no layer: " + mediaType);
        }
        if (mediaType.endsWith("gzip")) {
            return gzip;
        }
        return mediaType.endsWith("zstd") ? zstd : plain;
    }
}
