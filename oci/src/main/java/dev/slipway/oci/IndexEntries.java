package dev.slipway.oci;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The manifests below a descriptor, in the order of the index, those of nested indexes included. */
public final class IndexEntries {

    private static final int MAX_DEPTH = 8;
    private static final int MAX_ENTRIES = 10_000;

    private final BlobSource blobs;
    private final Map<Digest, Descriptor> found = new LinkedHashMap<>();

    private IndexEntries(BlobSource blobs) {
        this.blobs = blobs;
    }

    /**
     * Reads the indexes below a descriptor.
     *
     * @param root a manifest, which is then the only entry, or an index
     * @return manifests of images and of attestations; images with their platforms, read from their configs if the index does
     *     not have them
     * @throws InvalidImageException if a document is damaged, or if there are far too many
     */
    public static List<Descriptor> of(Descriptor root, BlobSource blobs) throws IOException {
        IndexEntries entries = new IndexEntries(blobs);
        entries.add(root, 0);
        return List.copyOf(entries.found.values());
    }

    private void add(Descriptor descriptor, int depth) throws IOException {
        if (depth > MAX_DEPTH || found.size() >= MAX_ENTRIES) {
            throw new InvalidImageException(
                    "image index " + descriptor.digest() + " is nested too deeply or too large");
        }
        if (MediaTypes.isIndex(descriptor.mediaType())) {
            for (Descriptor child :
                    Index.parse(blobs.read(descriptor).toArray()).manifests()) {
                add(child, depth + 1);
            }
        } else if (MediaTypes.isManifest(descriptor.mediaType())) {
            found.putIfAbsent(descriptor.digest(), withPlatform(descriptor));
        }
    }

    private Descriptor withPlatform(Descriptor manifest) throws IOException {
        if (Attestations.isOne(manifest) || manifest.platform().isPresent()) {
            return manifest;
        }
        Descriptor config = Manifest.parse(blobs.read(manifest).toArray()).config();
        if (!MediaTypes.isConfig(config.mediaType())) {
            return manifest;
        }
        Platform platform = ConfigDocument.parse(blobs.read(config)).config().platform();
        return manifest.withPlatform(platform.normalized());
    }
}
