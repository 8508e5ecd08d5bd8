package dev.slipway.oci.cache;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Index;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what a reference to a cache leads to, which is one of three things: a manifest with records for its config, an index with
 * records among its layers, or an image, for one platform or several, with records in its config.
 */
public final class CacheReader {

    /** An index of images has some for each platform, and some that say something about them. */
    private static final int MAX_IMAGES = 200;

    private final BlobSource blobs;
    private final List<CacheGraph<List<CachedLayer>>> inline = new ArrayList<>();
    private int images;

    private CacheReader(BlobSource blobs) {
        this.blobs = blobs;
    }

    /**
     * Reads the records of a cache, and no layer.
     *
     * @param root a manifest or an index
     * @param blobs where it is read
     * @return without records if this is an image that has none
     * @throws InvalidCacheException if it is damaged
     * @throws IOException if it cannot be read
     */
    public static CacheGraph<List<CachedLayer>> read(Descriptor root, BlobSource blobs) throws IOException {
        return new CacheReader(blobs).read(root);
    }

    private CacheGraph<List<CachedLayer>> read(Descriptor root) throws IOException {
        if (MediaTypes.isIndex(root.mediaType())) {
            List<Descriptor> listed = Index.parse(blobs.read(root).toArray()).manifests();
            for (Descriptor candidate : listed) {
                if (candidate.mediaType().equals(CacheArtifact.RECORDS)) {
                    return records(candidate, listed);
                }
            }
            for (Descriptor image : listed) {
                image(image);
            }
        } else {
            Manifest manifest = Manifest.parse(blobs.read(root).toArray());
            if (manifest.config().mediaType().equals(CacheArtifact.RECORDS)) {
                return records(manifest.config(), manifest.layers());
            }
            image(manifest);
        }
        return CacheMerge.of(inline);
    }

    private CacheGraph<List<CachedLayer>> records(Descriptor document, List<Descriptor> listed) throws IOException {
        Map<Digest, CachedLayer> layers = new HashMap<>();
        for (Descriptor descriptor : listed) {
            CachedLayer.of(descriptor)
                    .ifPresent(layer -> layers.put(layer.blob().digest(), layer));
        }
        return CacheMerge.of(
                List.of(CacheDocumentReader.read(blobs.read(document).toArray(), layers)));
    }

    private void image(Descriptor listed) throws IOException {
        images++;
        if (images > MAX_IMAGES) {
            throw new InvalidCacheException("an index with more than " + MAX_IMAGES + " images is no cache");
        }
        if (MediaTypes.isManifest(listed.mediaType())) {
            image(Manifest.parse(blobs.read(listed).toArray()));
        }
    }

    private void image(Manifest manifest) throws IOException {
        if (MediaTypes.isConfig(manifest.config().mediaType())) {
            byte[] config = blobs.read(manifest.config()).toArray();
            inline.add(InlineCache.read(config, manifest.layers()));
        }
    }
}
