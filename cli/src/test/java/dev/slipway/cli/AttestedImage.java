package dev.slipway.cli;

import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Platform;
import dev.slipway.oci.Attestations;
import dev.slipway.oci.DocumentBlobs;
import dev.slipway.oci.Index;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.place.ImagePlace;
import dev.slipway.oci.place.ImagePlaces;
import dev.slipway.oci.place.SentImage;
import dev.slipway.oci.place.StoredImage;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistrySettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An image with something attested of it, laid out as BuildKit does. */
final class AttestedImage {

    private AttestedImage() {}

    /** Writes an image of one platform and a statement of it into an archive. */
    static void write(ImagePlace from, String statement, Path archive) throws IOException {
        ImagePlaces places = new ImagePlaces(new RegistryClient(RegistrySettings.anonymous()));
        try (StoredImage stored = places.open(from)) {
            Descriptor image = MediaTypes.isIndex(stored.root().mediaType())
                    ? Index.parse(stored.blobs().read(stored.root()).toArray())
                            .manifests()
                            .get(0)
                    : stored.root().withPlatform(Platform.parse("linux/amd64"));
            Bytes said = Bytes.utf8(statement);
            Descriptor layer = Descriptor.of(MediaTypes.IN_TOTO, said.toArray())
                    .withAnnotations(new TreeMap<>(Map.of("in-toto.io/predicate-type", "https://spdx.dev/Document")));
            Bytes config = Bytes.utf8("{\"architecture\":\"unknown\",\"os\":\"unknown\",\"config\":{},\"rootfs\":"
                    + "{\"type\":\"layers\",\"diff_ids\":[\"" + layer.digest() + "\"]}}");
            Manifest manifest = Manifest.of(
                    MediaTypes.OCI_MANIFEST, Descriptor.of(MediaTypes.OCI_CONFIG, config.toArray()), List.of(layer));
            Bytes listed = Bytes.of(manifest.toJson());
            Descriptor attestation = Descriptor.of(MediaTypes.OCI_MANIFEST, listed.toArray())
                    .withPlatform(Platform.of("unknown", "unknown", ""))
                    .withAnnotations(Map.of(
                            Attestations.REFERENCE_TYPE,
                            Attestations.MANIFEST,
                            Attestations.REFERENCE_DIGEST,
                            image.digest().toString()));
            Bytes index = Bytes.of(Index.of(List.of(image, attestation)).toJson());
            places.sink(ImagePlace.parse("oci-archive://" + archive))
                    .write(
                            new SentImage(
                                    Descriptor.of(MediaTypes.OCI_INDEX, index.toArray()),
                                    new DocumentBlobs(List.of(said, config, listed, index), stored.blobs()),
                                    Map.of()),
                            StepMonitor.NONE);
        }
    }
}
