package dev.slipway.oci.image;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Platform;
import dev.slipway.oci.ConfigDocument;
import dev.slipway.oci.config.ImageConfig;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parts of an image.
 *
 * @param platform the platform under which an index lists it
 * @param document the config, whose layers and history are still those of the frontend
 * @param layers lowest first, those of the base image included
 * @param base the config of the base image, whose history keeps its times
 * @param epoch the latest time that may appear in the image ({@code SOURCE_DATE_EPOCH})
 * @param format OCI's or Docker's media types
 * @param annotations of the manifest; Docker's format does not define them, but BuildKit writes them there, too
 */
public record ImageParts(
        Platform platform,
        ConfigDocument document,
        List<ImageLayer> layers,
        Optional<ImageConfig> base,
        Optional<Instant> epoch,
        ImageFormat format,
        SortedMap<String, String> annotations) {

    public ImageParts {
        requireNonNull(platform, "platform is null");
        requireNonNull(document, "document is null");
        layers = List.copyOf(layers);
        requireNonNull(base, "base is null");
        requireNonNull(epoch, "epoch is null");
        requireNonNull(format, "format is null");
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /** Parts of an OCI image without annotations, base and epoch. */
    public static ImageParts of(Platform platform, ConfigDocument document, List<ImageLayer> layers) {
        return new ImageParts(
                platform, document, layers, Optional.empty(), Optional.empty(), ImageFormat.OCI, new TreeMap<>());
    }
}
