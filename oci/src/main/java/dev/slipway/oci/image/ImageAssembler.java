package dev.slipway.oci.image;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Platform;
import dev.slipway.oci.ConfigDocument;
import dev.slipway.oci.Index;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.LayerOrigins;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.config.HistoryEntry;
import dev.slipway.oci.config.ImageConfig;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes configs, manifests and indexes as BuildKit does. */
public final class ImageAssembler {

    private ImageAssembler() {}

    /**
     * Makes an image.
     *
     * @throws InvalidImageException if the config names no platform
     */
    public static AssembledImage image(ImageParts parts) throws InvalidImageException {
        ConfigDocument document = document(parts);
        Descriptor configDescriptor =
                Descriptor.of(parts.format().config(), document.json().toArray());
        List<Descriptor> layers = parts.layers().stream()
                .map(layer -> manifestEntry(layer.descriptor(), parts.format()))
                .toList();
        Manifest manifest = new Manifest(
                parts.format().manifest(), "", configDescriptor, layers, Optional.empty(), parts.annotations());
        Descriptor descriptor =
                Descriptor.of(parts.format().manifest(), manifest.toJson()).withPlatform(platform(parts));
        return new AssembledImage(descriptor, manifest, document);
    }

    /** The index says which version of Windows an image needs, but a request need not. */
    private static Platform platform(ImageParts parts) {
        Platform wanted = parts.platform();
        Platform made = parts.document().config().platform();
        if (!wanted.os().equals("windows") || !made.os().equals(wanted.os())) {
            return wanted;
        }
        return new Platform(
                wanted.os(),
                wanted.architecture(),
                wanted.variant(),
                wanted.osVersion().isEmpty() ? made.osVersion() : wanted.osVersion(),
                wanted.osFeatures().isEmpty() ? made.osFeatures() : wanted.osFeatures());
    }

    /**
     * Makes an index.
     *
     * @param manifests in the order in which they are listed, with their platforms
     * @param annotations of the index; only for OCI
     */
    public static Index index(List<Descriptor> manifests, ImageFormat format, SortedMap<String, String> annotations) {
        if (format == ImageFormat.DOCKER && !annotations.isEmpty()) {
            throw new IllegalArgumentException("an index with Docker's media types can't have annotations");
        }
        return new Index(format.index(), manifests, annotations);
    }

    private static ConfigDocument document(ImageParts parts) throws InvalidImageException {
        ImageConfig config = parts.document().config();
        if (config.platform().os().isEmpty()) {
            throw new InvalidImageException("invalid image config for export: missing os");
        }
        if (config.platform().architecture().isEmpty()) {
            throw new InvalidImageException("invalid image config for export: missing architecture");
        }
        List<HistoryEntry> history = HistoryAlignment.align(config.history(), parts.layers());
        Optional<OffsetDateTime> created = config.created();
        if (parts.epoch().isPresent()) {
            OffsetDateTime epoch = parts.epoch().get().atOffset(ZoneOffset.UTC);
            List<HistoryEntry> base = parts.base().map(ImageConfig::history).orElse(List.of());
            history = HistoryAlignment.clamp(history, base, epoch);
            created = created.map(time -> time.isAfter(epoch) ? epoch : time);
        }
        if (created.isEmpty()) {
            created = HistoryAlignment.lastTime(history);
        }
        return parts.document()
                .with(created, parts.layers().stream().map(ImageLayer::diffId).toList(), history);
    }

    /** A layer as the manifest lists it, without internal annotations. */
    private static Descriptor manifestEntry(Descriptor layer, ImageFormat format) {
        SortedMap<String, String> annotations = new TreeMap<>();
        if (format == ImageFormat.OCI) {
            annotations.putAll(layer.annotations());
            annotations
                    .keySet()
                    .removeIf(key -> key.equals("containerd.io/uncompressed")
                            || key.equals("buildkit/createdat")
                            || LayerOrigins.isOrigin(key));
        }
        return layer.withMediaType(format.layer(layer.mediaType())).withAnnotations(annotations);
    }
}
