package dev.slipway.oci.cache;

import dev.slipway.oci.MediaTypes;

/** What refers to the blobs of a cache. */
public enum CacheFormat {

    /** A manifest like that of an image, with the document of records in place of a config: BuildKit's default. */
    IMAGE_MANIFEST,

    /** An index that lists layers and the document instead of manifests, as earlier versions of BuildKit wrote it. */
    OCI_INDEX,

    /** The same with Docker's media types. */
    DOCKER_INDEX;

    /**
     * The format that options ask for.
     *
     * @param imageManifest the value of {@code image-manifest}
     * @param ociMediaTypes the value of {@code oci-mediatypes}
     * @throws IllegalArgumentException if there is no such format
     */
    public static CacheFormat of(boolean imageManifest, boolean ociMediaTypes) {
        if (imageManifest && !ociMediaTypes) {
            throw new IllegalArgumentException(
                    "image-manifest=true needs OCI's media types; leave out oci-mediatypes=false, or write image-manifest=false");
        }
        if (imageManifest) {
            return IMAGE_MANIFEST;
        }
        return ociMediaTypes ? OCI_INDEX : DOCKER_INDEX;
    }

    /** The media type of a layer in it. */
    String layer(String mediaType) {
        return this == DOCKER_INDEX ? MediaTypes.dockerLayer(mediaType) : MediaTypes.ociLayer(mediaType);
    }
}
