package dev.slipway.oci;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything that belongs to an image: the blobs that can be reached from its manifest or index. */
public final class ImageTree {

    private static final int MAX_DEPTH = 8;
    private static final int MAX_BLOBS = 100_000;

    private final BlobSource blobs;
    private final Filter wanted;
    private final Map<Digest, Descriptor> found = new LinkedHashMap<>();
    private final Set<Digest> unwanted = new HashSet<>();

    private ImageTree(BlobSource blobs, Filter wanted) {
        this.blobs = blobs;
        this.wanted = wanted;
    }

    /** Chooses manifests and indexes. */
    public interface Filter {
        boolean isWanted(Descriptor document) throws IOException;
    }

    /**
     * A descriptor and those of all blobs below it: each once, and after everything that it refers to.
     *
     * @param root a manifest or an index
     * @param blobs where the manifests and indexes are read
     * @throws InvalidImageException if a document is damaged, or if there are far too many
     */
    public static List<Descriptor> of(Descriptor root, BlobSource blobs) throws IOException {
        return of(root, blobs, document -> true);
    }

    /**
     * The same without manifests and indexes that are not chosen, and without blobs that only those refer to.
     *
     * @param root a manifest or an index
     * @param blobs where the manifests and indexes are read
     * @param wanted called once for each, and for none below one that is not chosen
     * @throws InvalidImageException if a document is damaged, or if there are absurdly many
     */
    public static List<Descriptor> of(Descriptor root, BlobSource blobs, Filter wanted) throws IOException {
        ImageTree tree = new ImageTree(blobs, wanted);
        tree.visit(root, 0);
        tree.found.keySet().removeAll(tree.unwanted);
        return List.copyOf(tree.found.values());
    }

    private void visit(Descriptor descriptor, int depth) throws IOException {
        if (found.containsKey(descriptor.digest())) {
            return;
        }
        if (depth > MAX_DEPTH || found.size() >= MAX_BLOBS) {
            throw new InvalidImageException(
                    "image index " + descriptor.digest() + " is nested too deeply or too large");
        }
        if (isDocument(descriptor) && !wanted.isWanted(descriptor)) {
            unwanted.add(descriptor.digest());
        } else {
            for (Descriptor child : children(descriptor)) {
                visit(child, depth + 1);
            }
        }
        found.put(descriptor.digest(), descriptor);
    }

    private static boolean isDocument(Descriptor descriptor) {
        return MediaTypes.isIndex(descriptor.mediaType()) || MediaTypes.isManifest(descriptor.mediaType());
    }

    private Collection<Descriptor> children(Descriptor descriptor) throws IOException {
        if (MediaTypes.isIndex(descriptor.mediaType())) {
            return Index.parse(blobs.read(descriptor).toArray()).manifests();
        }
        if (!MediaTypes.isManifest(descriptor.mediaType())) {
            return List.of();
        }
        Manifest manifest = Manifest.parse(blobs.read(descriptor).toArray());
        List<Descriptor> children = new ArrayList<>();
        children.add(manifest.config());
        children.addAll(manifest.layers());
        return children;
    }
}
