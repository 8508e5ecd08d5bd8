package dev.slipway.oci.layout;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.BlobSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An image to write into a layout.
 *
 * @param root its manifest or index, with the annotations that {@code index.json} gets ({@link #CREATED} as a rule)
 * @param names with their tags; the layout lists the image once for each
 * @param blobs the source of everything below the root
 */
public record LayoutImage(Descriptor root, List<ImageReference> names, BlobSource blobs) {

    /** The annotation with the time at which an image was exported, as RFC 3339 says, in whole seconds. */
    public static final String CREATED = "org.opencontainers.image.created";

    public LayoutImage {
        requireNonNull(root, "root is null");
        names = names.stream().map(ImageReference::withDefaultTag).toList();
        requireNonNull(blobs, "blobs is null");
    }

    /** The entries of {@code index.json}: one for each name, or one without a name. */
    List<Descriptor> entries() {
        List<Descriptor> entries = new ArrayList<>();
        for (ImageReference name : names) {
            String tag = name.tag().orElseGet(() -> "@" + name.digest().orElseThrow());
            entries.add(withAnnotations(Map.of(OciLayout.IMAGE_NAME, name.toString(), OciLayout.REF_NAME, tag)));
        }
        return entries.isEmpty() ? List.of(root) : entries;
    }

    Descriptor withAnnotations(Map<String, String> more) {
        Map<String, String> annotations = new TreeMap<>(root.annotations());
        annotations.putAll(more);
        return root.withAnnotations(annotations);
    }
}
