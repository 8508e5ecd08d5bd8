package dev.slipway.oci;

import dev.slipway.executor.image.Compression.Format;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** The config of a manifest that is not an image. */
    public static final String OCI_EMPTY = "application/vnd.oci.empty.v1+json";

    /** A statement about an image. */
    public static final String IN_TOTO = "application/vnd.in-toto+json";

    private static final Set<String> FOREIGN_LAYERS = Set.of(
            "application/vnd.oci.image.layer.nondistributable.v1.tar",
            "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
            "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd",
            "application/vnd.docker.image.rootfs.foreign.diff.tar",
            "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");

    private static final Set<String> LAYERS = Stream.of(Format.values())
            .flatMap(format -> Stream.of(layer(format), docker(format)))
            .collect(Collectors.toUnmodifiableSet());

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
    public static String layer(Format format) {
        return switch (format) {
            case NONE -> OCI_LAYER;
            case GZIP -> OCI_LAYER_GZIP;
            case ZSTD -> OCI_LAYER_ZSTD;
        };
    }

    private static String docker(Format format) {
        return switch (format) {
            case NONE -> DOCKER_LAYER;
            case GZIP -> DOCKER_LAYER_GZIP;
            case ZSTD -> DOCKER_LAYER_ZSTD;
        };
    }

    /**
     * The OCI type of a layer with this type, which may be Docker's or foreign. The result is never foreign.
     *
     * @throws IllegalArgumentException if this is not the type of a layer
     */
    public static String ociLayer(String mediaType) {
        return layer(compressionOf(mediaType));
    }

    /**
     * Docker's type of a layer with this type, which may be OCI's or foreign. The result is never foreign.
     *
     * @throws IllegalArgumentException if this is not the type of a layer
     */
    public static String dockerLayer(String mediaType) {
        return docker(compressionOf(mediaType));
    }

    private static Format compressionOf(String mediaType) {
        return compression(mediaType).orElseThrow(() -> new IllegalArgumentException("not a layer: " + mediaType));
    }

    /** How a layer of this type is compressed, foreign ones included; empty if this is not the type of a layer. */
    public static Optional<Format> compression(String mediaType) {
        if (!isLayer(mediaType)) {
            return Optional.empty();
        }
        return Stream.of(Format.values())
                .filter(format -> format != Format.NONE && mediaType.endsWith(suffix(format)))
                .findFirst()
                .or(() -> Optional.of(Format.NONE));
    }

    /** Behind a plus sign in OCI's types, behind a dot in Docker's. */
    private static String suffix(Format format) {
        return layer(format).substring(OCI_LAYER.length() + 1);
    }
}
