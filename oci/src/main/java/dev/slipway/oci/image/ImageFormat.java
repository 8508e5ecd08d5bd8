package dev.slipway.oci.image;

import dev.slipway.oci.MediaTypes;

/** The media types of an image, OCI's or Docker's. */
public enum ImageFormat {
    OCI(MediaTypes.OCI_INDEX, MediaTypes.OCI_MANIFEST, MediaTypes.OCI_CONFIG) {
        @Override
        public String layer(String mediaType) {
            return MediaTypes.ociLayer(mediaType);
        }
    },
    /** For older Docker engines and registries. It has no annotations. */
    DOCKER(MediaTypes.DOCKER_INDEX, MediaTypes.DOCKER_MANIFEST, MediaTypes.DOCKER_CONFIG) {
        @Override
        public String layer(String mediaType) {
            return MediaTypes.dockerLayer(mediaType);
        }
    };

    private final String index;
    private final String manifest;
    private final String config;

    ImageFormat(String index, String manifest, String config) {
        this.index = index;
        this.manifest = manifest;
        this.config = config;
    }

    /** The media type of an index. */
    public String index() {
        return index;
    }

    /** The media type of a manifest. */
    public String manifest() {
        return manifest;
    }

    /** The media type of a config. */
    public String config() {
        return config;
    }

    /** This format's media type of a layer, which may come from the other format. */
    public abstract String layer(String mediaType);
}
