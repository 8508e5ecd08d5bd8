package dev.slipway.oci.output;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.Index;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.image.AssembledImage;
import dev.slipway.oci.layout.LayoutImage;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Images in the form of a layout. */
final class Layouts {

    private Layouts() {}

    /** All images: the index, or the manifest of the only one. */
    static LayoutImage image(MadeImages made, List<ImageReference> names) {
        return image(made, made.root(), made.images(), names);
    }

    /** One image alone, without the index. */
    static LayoutImage image(MadeImages made, AssembledImage only, List<ImageReference> names) {
        return image(made, only.descriptor(), List.of(only), names);
    }

    /** Warns that attestations are left out if an image is written alone, because only an index can list them. */
    static void warnOfAttestations(MadeImages made, String place, StepMonitor monitor) throws IOException {
        boolean index = MediaTypes.isIndex(made.root().mediaType());
        if (index && manifests(made) > made.images().size()) {
            monitor.warn("attestations are left out: " + place + " takes an image without its index");
        }
    }

    private static int manifests(MadeImages made) throws IOException {
        return Index.parse(made.blobs().read(made.root()).toArray()).manifests().size();
    }

    private static LayoutImage image(
            MadeImages made, Descriptor root, List<AssembledImage> images, List<ImageReference> names) {
        Map<String, String> annotations = new TreeMap<>(root.annotations());
        created(images).ifPresent(time -> annotations.put(LayoutImage.CREATED, time));
        return new LayoutImage(root.withAnnotations(annotations), names, made.blobs());
    }

    /** The time of the newest image, so that equal images give equal outputs. */
    private static Optional<String> created(List<AssembledImage> images) {
        return images.stream()
                .flatMap(image -> image.config().created().stream())
                .max(OffsetDateTime.timeLineOrder())
                .map(time -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.truncatedTo(ChronoUnit.SECONDS)));
    }
}
