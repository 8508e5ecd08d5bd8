package dev.slipway.oci.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Platform;
import dev.slipway.oci.Attestations;
import dev.slipway.oci.Index;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageValidatorTest {

    private final TestImages images = new TestImages();
    private final AssembledImage image = images.image("linux/amd64");
    private final List<Descriptor> layers = image.manifest().layers();

    private List<String> problems(Manifest manifest) {
        return ImageValidator.problems(images.add(manifest), images);
    }

    @Test
    void swappedLayersAreNoticed() {
        Manifest swapped =
                Manifest.of(MediaTypes.OCI_MANIFEST, image.manifest().config(), List.of(layers.get(1), layers.get(0)));

        assertThat(problems(swapped)).hasSize(2).allMatch(problem -> problem.contains("has the diff id"));
    }

    @Test
    void aMissingLayerIsNoticed() {
        Manifest shorter = Manifest.of(MediaTypes.OCI_MANIFEST, image.manifest().config(), layers.subList(0, 1));

        assertThat(problems(shorter))
                .anyMatch(problem -> problem.endsWith("has 1 layers and 2 diff ids"))
                .anyMatch(problem -> problem.endsWith("has 1 layers and 2 history entries for them"));
    }

    @Test
    void aBlobThatIsNotThereIsNoticed() {
        Descriptor missing = Descriptor.of(MediaTypes.OCI_LAYER, new byte[5]);
        Manifest broken =
                Manifest.of(MediaTypes.OCI_MANIFEST, image.manifest().config(), List.of(layers.get(0), missing));

        assertThat(problems(broken)).containsExactly(missing.digest() + ": there is no blob " + missing.digest());
    }

    @Test
    void aWrongMediaTypeIsNoticed() {
        Manifest docker =
                Manifest.of(MediaTypes.DOCKER_MANIFEST, image.manifest().config(), layers);
        Descriptor root = images.add(docker).withMediaType(MediaTypes.OCI_MANIFEST);

        assertThat(ImageValidator.problems(root, images))
                .containsExactly(root.digest() + ": has the media type " + MediaTypes.DOCKER_MANIFEST + " inside");
    }

    @Test
    void aLayerThatIsNoArchiveIsNoticed() {
        Descriptor config = image.manifest().config().withMediaType(MediaTypes.OCI_LAYER);
        Manifest broken =
                Manifest.of(MediaTypes.OCI_MANIFEST, image.manifest().config(), List.of(layers.get(0), config));

        assertThat(problems(broken)).hasSize(1).allMatch(problem -> problem.startsWith(config.digest() + ": "));
    }

    @Test
    void anIndexThatListsAnotherPlatformIsNoticed() {
        Index index = Index.of(List.of(image.descriptor().withPlatform(Platform.of("linux", "arm64", ""))));

        assertThat(ImageValidator.problems(images.add(index), images))
                .containsExactly(
                        image.descriptor().digest() + ": is listed for linux/arm64, but its config says linux/amd64");
    }

    @Test
    void halfAPlatformIsNoticed() {
        Index index = Index.of(List.of(image.descriptor().withPlatform(Platform.of("linux", "", ""))));

        assertThat(ImageValidator.problems(images.add(index), images))
                .contains(image.descriptor().digest() + ": is listed for half a platform: linux");
    }

    @Test
    void anAttestationOfNoImageIsNoticed() {
        Descriptor attestation = image.descriptor()
                .withAnnotations(Map.of(
                        Attestations.REFERENCE_TYPE,
                        Attestations.MANIFEST,
                        Attestations.REFERENCE_DIGEST,
                        "sha256:" + "0".repeat(64)));

        assertThat(ImageValidator.problems(images.add(Index.of(List.of(attestation))), images))
                .contains(attestation.digest() + ": says something of an image that is not in the index");
    }

    @Test
    void aLayerThatIsNotCompressedAsItSaysIsNoticed() {
        Descriptor zstd = layers.get(0).withMediaType(MediaTypes.OCI_LAYER_ZSTD);
        Manifest broken = Manifest.of(MediaTypes.OCI_MANIFEST, image.manifest().config(), List.of(zstd, layers.get(1)));

        assertThat(problems(broken))
                .containsExactly(zstd.digest() + ": is compressed with gzip, but its media type is "
                        + MediaTypes.OCI_LAYER_ZSTD);
    }

    @Test
    void aLayerThatContradictsItselfIsNoticed() {
        ImageLayer layer = images.layer(List.of(FileEntry.file("a", 0644, 0), FileEntry.whiteout("a")));

        assertThat(ImageValidator.problems(
                        images.imageOf("linux/amd64", List.of(layer)).descriptor(), images))
                .containsExactly(layer.descriptor().digest() + ": has /a and a whiteout of it");
    }

    @Test
    void somethingElseIsNoImage() {
        Descriptor text = Descriptor.of("text/plain", Bytes.utf8("x").toArray());

        assertThat(ImageValidator.problems(text, images))
                .containsExactly(text.digest() + ": is neither a manifest nor an index: text/plain");
    }
}
