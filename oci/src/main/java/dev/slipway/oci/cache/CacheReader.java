package dev.slipway.oci.cache;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Index;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /**
     * Reads the records of a cache that several builds share.
     *
     * @param today the day that counts for results of which nothing is noted
     * @return without records if it is an image
     */
    static CacheGraph<Scoped> readShared(Descriptor root, BlobSource blobs, LocalDate today) throws IOException {
        CacheReader reader = new CacheReader(blobs);
        byte[] document = blobs.read(root).toArray();
        Optional<CacheGraph<List<CachedLayer>>> graph = reader.records(root, document);
        Map<String, String> notes = MediaTypes.isIndex(root.mediaType())
                ? Index.parse(document).annotations()
                : Manifest.parse(document).annotations();
        return graph.isEmpty() ? CacheGraph.empty() : ScopeNotes.read(graph.get(), notes, today);
    }

    private CacheGraph<List<CachedLayer>> read(Descriptor root) throws IOException {
        byte[] document = blobs.read(root).toArray();
        Optional<CacheGraph<List<CachedLayer>>> records = records(root, document);
        if (records.isPresent()) {
            return CacheMerge.of(List.of(records.get()));
        }
        if (MediaTypes.isIndex(root.mediaType())) {
            for (Descriptor image : Index.parse(document).manifests()) {
                image(image);
            }
        } else {
            image(Manifest.parse(document));
        }
        return CacheMerge.of(inline);
    }

    /** The records that a document refers to; empty if it refers to none. */
    private Optional<CacheGraph<List<CachedLayer>>> records(Descriptor root, byte[] document) throws IOException {
        if (MediaTypes.isIndex(root.mediaType())) {
            List<Descriptor> listed = Index.parse(document).manifests();
            for (Descriptor candidate : listed) {
                if (candidate.mediaType().equals(CacheArtifact.RECORDS)) {
                    return Optional.of(records(candidate, listed));
                }
            }
            return Optional.empty();
        }
        Manifest manifest = Manifest.parse(document);
        return manifest.config().mediaType().equals(CacheArtifact.RECORDS)
                ? Optional.of(records(manifest.config(), manifest.layers()))
                : Optional.empty();
    }

    private CacheGraph<List<CachedLayer>> records(Descriptor document, List<Descriptor> listed) throws IOException {
        Map<Digest, CachedLayer> layers = new HashMap<>();
        for (Descriptor descriptor : listed) {
            CachedLayer.of(descriptor)
                    .ifPresent(layer -> layers.put(layer.blob().digest(), layer));
        }
        return CacheDocumentReader.read(blobs.read(document).toArray(), layers);
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
