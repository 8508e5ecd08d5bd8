package dev.slipway.oci.image;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ConfigDocument;
import dev.slipway.oci.Index;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.config.ImageConfig;
import dev.slipway.oci.layer.LayerLimits;
import dev.slipway.oci.layer.LayerReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks an image from anywhere: every digest and size, the diff ids of all layers, that they are readable layers, media
 * types, and that manifest, config and history agree.
 */
public final class ImageValidator {

    private final BlobSource blobs;
    private final List<String> problems = new ArrayList<>();

    private ImageValidator(BlobSource blobs) {
        this.blobs = blobs;
    }

    /**
     * What is wrong with an image; nothing if all is well. All layers are read.
     *
     * @param root a manifest or an index
     */
    public static List<String> problems(Descriptor root, BlobSource blobs) {
        ImageValidator validator = new ImageValidator(blobs);
        validator.check(root);
        return List.copyOf(validator.problems);
    }

    private void check(Descriptor descriptor) {
        try {
            if (MediaTypes.isIndex(descriptor.mediaType())) {
                checkIndex(descriptor);
            } else if (MediaTypes.isManifest(descriptor.mediaType())) {
                checkManifest(descriptor);
            } else {
                problem(descriptor, "is neither a manifest nor an index: " + descriptor.mediaType());
            }
        } catch (IOException e) {
            problem(descriptor, e.getMessage());
        }
    }

    private void checkIndex(Descriptor descriptor) throws IOException {
        Index index = Index.parse(blobs.read(descriptor).toArray());
        if (!index.mediaType().equals(descriptor.mediaType())) {
            problem(descriptor, "has the media type " + index.mediaType() + " inside");
        }
        index.manifests().forEach(this::check);
    }

    private void checkManifest(Descriptor descriptor) throws IOException {
        Manifest manifest = Manifest.parse(blobs.read(descriptor).toArray());
        if (!manifest.mediaType().equals(descriptor.mediaType())) {
            problem(descriptor, "has the media type " + manifest.mediaType() + " inside");
        }
        if (!MediaTypes.isConfig(manifest.config().mediaType())) {
            // An artifact such as an attestation: its blobs are whatever they are.
            blobs.read(manifest.config());
            for (Descriptor layer : manifest.layers()) {
                blobs.read(layer);
            }
            return;
        }
        ImageConfig config = ConfigDocument.parse(blobs.read(manifest.config())).config();
        checkConfig(descriptor, manifest, config);
        for (int i = 0; i < manifest.layers().size(); i++) {
            Digest expected = i < config.diffIds().size() ? config.diffIds().get(i) : null;
            checkLayer(manifest.layers().get(i), expected);
        }
    }

    private void checkConfig(Descriptor descriptor, Manifest manifest, ImageConfig config) {
        int layers = manifest.layers().size();
        if (config.diffIds().size() != layers) {
            problem(
                    descriptor,
                    "has " + layers + " layers and " + config.diffIds().size() + " diff ids");
        }
        long entries =
                config.history().stream().filter(entry -> !entry.emptyLayer()).count();
        if (!config.history().isEmpty() && entries != layers) {
            problem(descriptor, "has " + layers + " layers and " + entries + " history entries for them");
        }
        if (config.platform().os().isEmpty() || config.platform().architecture().isEmpty()) {
            problem(descriptor, "has no platform in its config");
        }
        descriptor.platform().ifPresent(platform -> {
            if (!platform.normalized()
                    .format()
                    .equals(config.platform().normalized().format())) {
                problem(
                        descriptor,
                        "is listed for " + platform.format() + ", but its config says "
                                + config.platform().format());
            }
        });
    }

    private void checkLayer(Descriptor layer, Digest diffId) {
        if (layer.mediaType().equals(MediaTypes.IN_TOTO)) {
            checkStatement(layer, diffId);
            return;
        }
        if (!MediaTypes.isLayer(layer.mediaType())) {
            problem(layer, "is not a layer: " + layer.mediaType());
            return;
        }
        try (LayerReader reader = LayerReader.ofLayer(blobs.open(layer), LayerLimits.DEFAULT)) {
            while (reader.next().isPresent()) {
                // Reading is the check.
            }
            if (diffId != null && !reader.diffId().equals(diffId)) {
                problem(layer, "has the diff id " + reader.diffId() + ", but the config says " + diffId);
            }
        } catch (IOException e) {
            problem(layer, e.getMessage());
        }
    }

    /** A statement that stands where an image has a layer, as older tools expect it. */
    private void checkStatement(Descriptor statement, Digest diffId) {
        try {
            blobs.read(statement);
            if (diffId != null && !statement.digest().equals(diffId)) {
                problem(statement, "is a statement, but the config says " + diffId);
            }
        } catch (IOException e) {
            problem(statement, e.getMessage());
        }
    }

    private void problem(Descriptor descriptor, String what) {
        problems.add(descriptor.digest() + ": " + what);
    }
}
