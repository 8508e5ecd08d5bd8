package dev.slipway.oci.image;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.executor.text.Reason;
import dev.slipway.llb.Digest;
import dev.slipway.oci.Attestations;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ConfigDocument;
import dev.slipway.oci.Index;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.VerifyingInputStream;
import dev.slipway.oci.config.ImageConfig;
import dev.slipway.oci.layer.Decompression;
import dev.slipway.oci.layer.LayerLimits;
import dev.slipway.oci.layer.LayerReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks an image from anywhere: every digest and size, the diff ids of all layers, that layers can be read and do not
 * contradict themselves, media types and compression, and that index, manifest, config and history agree.
 */
public final class ImageValidator {

    /** More bytes than are needed to recognize a compression. */
    private static final int HEAD = 64;

    private final BlobSource blobs;
    private final List<String> problems = new ArrayList<>();

    private ImageValidator(BlobSource blobs) {
        this.blobs = blobs;
    }

    /**
     * The problems of an image; empty if there are none. All layers are read.
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
            problem(descriptor, Reason.of(e));
        }
    }

    private void checkIndex(Descriptor descriptor) throws IOException {
        Index index = Index.parse(blobs.read(descriptor).toArray());
        if (!index.mediaType().equals(descriptor.mediaType())) {
            problem(descriptor, "has the media type " + index.mediaType() + " inside");
        }
        index.manifests().forEach(entry -> checkEntry(index, entry));
        index.manifests().forEach(this::check);
    }

    private void checkEntry(Index index, Descriptor entry) {
        entry.platform()
                .filter(platform ->
                        platform.os().isEmpty() || platform.architecture().isEmpty())
                .ifPresent(platform -> problem(entry, "is listed for half a platform: " + platform.format()));
        if (Attestations.isOne(entry)
                && Attestations.subject(entry)
                        .filter(subject -> index.manifests().stream()
                                .anyMatch(other -> other.digest().equals(subject)))
                        .isEmpty()) {
            problem(entry, "says something of an image that is not in the index");
        }
    }

    private void checkManifest(Descriptor descriptor) throws IOException {
        Manifest manifest = Manifest.parse(blobs.read(descriptor).toArray());
        if (!manifest.mediaType().equals(descriptor.mediaType())) {
            problem(descriptor, "has the media type " + manifest.mediaType() + " inside");
        }
        if (!MediaTypes.isConfig(manifest.config().mediaType())) {
            // An artifact, whose blobs can be anything.
            blobs.read(manifest.config());
            manifest.layers().forEach(this::checkBlob);
            return;
        }
        ImageConfig config = ConfigDocument.parse(blobs.read(manifest.config())).config();
        checkConfig(descriptor, manifest, config);
        for (int i = 0; i < manifest.layers().size(); i++) {
            Descriptor layer = manifest.layers().get(i);
            Optional<Digest> expected =
                    i < config.diffIds().size() ? Optional.of(config.diffIds().get(i)) : Optional.empty();
            if (layer.mediaType().equals(MediaTypes.IN_TOTO)) {
                // A statement in place of a layer, as older tools expect it.
                checkBlob(layer);
                checkDiffId(layer, layer.digest(), expected);
            } else {
                checkLayer(layer, expected);
            }
        }
    }

    private void checkBlob(Descriptor blob) {
        try (InputStream in = VerifyingInputStream.of(blobs.open(blob), blob)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            problem(blob, Reason.of(e));
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

    private void checkLayer(Descriptor layer, Optional<Digest> diffId) {
        if (!MediaTypes.isLayer(layer.mediaType())) {
            problem(layer, "is not a layer: " + layer.mediaType());
            return;
        }
        try (InputStream in = new BufferedInputStream(blobs.open(layer))) {
            in.mark(HEAD);
            checkCompression(layer, Decompression.format(in));
            in.reset();
            try (LayerReader reader = LayerReader.ofLayer(in, LayerLimits.DEFAULT)) {
                checkEntries(layer, reader);
                checkDiffId(layer, reader.diffId(), diffId);
            }
        } catch (IOException e) {
            problem(layer, Reason.of(e));
        }
    }

    /** Docker's type for uncompressed layers is used for compressed ones, too, so it proves nothing. */
    private void checkCompression(Descriptor layer, String found) {
        String type = layer.mediaType();
        String promised =
                MediaTypes.compression(type).map(Decompression::format).orElse(Decompression.NONE);
        if (!promised.equals(found) && !type.equals(MediaTypes.DOCKER_LAYER)) {
            problem(layer, "is compressed with " + found + ", but its media type is " + type);
        }
    }

    /** Reading checks most things. A layer with a file and a whiteout of the same file is ambiguous. */
    private void checkEntries(Descriptor layer, LayerReader reader) throws IOException {
        Set<String> there = new HashSet<>();
        Set<String> gone = new HashSet<>();
        for (Optional<FileEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
            switch (next.get().type()) {
                case WHITEOUT -> gone.add(next.get().path());
                case OPAQUE -> {}
                default -> there.add(next.get().path());
            }
        }
        gone.retainAll(there);
        gone.stream().sorted().forEach(path -> problem(layer, "has /" + path + " and a whiteout of it"));
    }

    private void checkDiffId(Descriptor layer, Digest found, Optional<Digest> expected) {
        expected.filter(digest -> !digest.equals(found))
                .ifPresent(digest -> problem(layer, "has the diff id " + found + ", but the config says " + digest));
    }

    private void problem(Descriptor descriptor, String what) {
        problems.add(descriptor.digest() + ": " + what);
    }
}
