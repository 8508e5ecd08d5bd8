package dev.slipway.sources;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.ImageContent;
import dev.slipway.executor.image.ImageFiles;
import dev.slipway.executor.image.LayerBlob;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.lock.Lock;
import dev.slipway.oci.Index;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.json.JsonWriter;
import dev.slipway.oci.layout.OciLayout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts a bundle together. An image keeps its index, so that it has the digest that was locked; of the platforms in it only those that were
 * locked are there.
 */
final class BundleWriter {

    private final BundleFolder folder;
    private final Lock lock;
    private final List<Descriptor> entries = new ArrayList<>();

    BundleWriter(BundleFolder folder, Lock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Adds an image that is in the lock. */
    void image(String reference, ImageContent content) throws IOException {
        Set<String> wanted = new HashSet<>();
        requireNonNull(lock.images().get(reference))
                .platforms()
                .values()
                .forEach(digest -> wanted.add(digest.toString()));
        tree(content.root(), content, wanted);
        ImageReference name = ImageReference.parse(reference);
        Map<String, String> annotations = new TreeMap<>();
        annotations.put(OciLayout.IMAGE_NAME, reference);
        name.tag().ifPresent(tag -> annotations.put(OciLayout.REF_NAME, tag));
        entries.add(content.root().withAnnotations(annotations));
    }

    private void tree(Descriptor document, ImageContent content, Set<String> wanted) throws IOException {
        byte[] bytes = copy(document, content);
        if (MediaTypes.isIndex(document.mediaType())) {
            for (Descriptor child : Index.parse(bytes).manifests()) {
                // One without a platform is looked into to find out what it is for.
                boolean isLookedInto = child.platform().isEmpty();
                if (wanted.contains(child.digest().toString())
                        || MediaTypes.isIndex(child.mediaType())
                        || isLookedInto && MediaTypes.isManifest(child.mediaType())) {
                    tree(child, content, wanted);
                }
            }
            return;
        }
        Manifest manifest = Manifest.parse(bytes);
        copy(manifest.config(), content);
        if (wanted.contains(document.digest().toString())) {
            for (Descriptor layer : manifest.layers()) {
                folder.blob(layer, content.open(layer));
            }
        }
    }

    private byte[] copy(Descriptor document, ImageContent content) throws IOException {
        byte[] bytes;
        try (var in = content.open(document)) {
            bytes = in.readAllBytes();
        }
        folder.blob(document, new ByteArrayInputStream(bytes));
        return bytes;
    }

    /**
     * Adds the files of a repository or URL. Unlike layers of images their layer has an entry for the root, whose time and mode go to where
     * it is copied.
     */
    void files(Vertex source, BuiltImage image) throws IOException, InterruptedException {
        LayerBlob layer;
        try (ImageFiles files = image.files()) {
            layer = folder.layer(files);
        }
        byte[] config = JsonWriter.compact()
                .startObject()
                .member("architecture", "amd64")
                .member("os", "linux")
                .startObject("rootfs")
                .member("type", "layers")
                .member("diff_ids", List.of(layer.diffId().toString()))
                .endObject()
                .endObject()
                .toBytes();
        Descriptor manifest = manifest(MediaTypes.OCI_CONFIG, config, List.of(layer.descriptor()));
        entries.add(manifest.withAnnotations(Map.of(
                BundleFormat.SOURCE,
                Bundle.key((SourceOp) source.op()).toString(),
                BundleFormat.ORIGIN,
                Sources.name(source))));
    }

    /** Ends with the lock. */
    void finish() throws IOException {
        byte[] json = lock.toJson();
        Descriptor layer = document(BundleFormat.LOCK_TYPE, json);
        byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
        Descriptor manifest = manifest(BundleFormat.EMPTY_TYPE, empty, List.of(layer));
        entries.add(manifest.withAnnotations(Map.of(BundleFormat.LOCK, lock.dockerfile())));
        entries.sort(
                Comparator.comparing((Descriptor entry) -> entry.annotations().toString())
                        .thenComparing(entry -> entry.digest().toString()));
        folder.finish(Index.of(entries).toCompactJson());
    }

    private Descriptor manifest(String configType, byte[] config, List<Descriptor> layers) throws IOException {
        Descriptor described = document(configType, config);
        Manifest manifest = Manifest.of(MediaTypes.OCI_MANIFEST, described, layers);
        return document(MediaTypes.OCI_MANIFEST, manifest.toJson());
    }

    private Descriptor document(String type, byte[] content) throws IOException {
        Descriptor descriptor = Descriptor.of(type, content);
        folder.blob(descriptor, new ByteArrayInputStream(content));
        return descriptor;
    }
}
