package dev.slipway.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.image.TestImages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageSelectorTest {

    private final TestImages images = new TestImages();

    private String select(Descriptor root, String platform) throws IOException {
        return new ImageSelector(images)
                .select(root, Platform.parse(platform))
                .config()
                .platform()
                .format();
    }

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64",
        "linux/amd64/v3, linux/amd64",
        "linux/arm/v7, linux/arm/v6",
        "linux/arm/v6, linux/arm/v6",
        "linux/arm64, linux/arm64",
        "linux/arm64/v8, linux/arm64"
    })
    void theNearestPlatformIsTaken(String wanted, String expected) throws IOException {
        Descriptor root = images.index("linux/arm/v5", "linux/arm/v6", "linux/amd64", "linux/arm64");

        assertThat(select(root, wanted)).isEqualTo(expected);
    }

    @Test
    void aMissingPlatformIsNamedWithThoseThatAreThere() {
        Descriptor root = images.index("linux/amd64", "linux/arm64");

        assertThatThrownBy(() -> select(root, "linux/s390x"))
                .isInstanceOf(PlatformNotFoundException.class)
                .hasMessage("no image for platform linux/s390x; there are images for linux/amd64, linux/arm64");
    }

    @Test
    void aSingleManifestIsTakenWhateverItsPlatform() throws IOException {
        assertThat(select(images.image("linux/amd64").descriptor(), "linux/arm64"))
                .isEqualTo("linux/amd64");
    }

    @Test
    void attestationsDoNotCount() throws IOException {
        Descriptor attestation = Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.sha256("nowhere"), 5)
                .withPlatform(Platform.of("unknown", "unknown", ""));
        Descriptor root = images.add(
                Index.of(List.of(attestation, images.image("linux/amd64").descriptor())));

        assertThat(new ImageSelector(images).platforms(root)).containsExactly(Platform.of("linux", "amd64", ""));
        assertThatThrownBy(() -> select(root, "linux/arm64")).hasMessageContaining("there are images for linux/amd64");
    }

    @Test
    void whoNamesNoPlatformIsAskedForItsConfig() throws IOException {
        List<Descriptor> plain = new ArrayList<>();
        for (String platform : List.of("linux/amd64", "linux/arm64")) {
            Descriptor named = images.image(platform).descriptor();
            plain.add(Descriptor.of(named.mediaType(), named.digest(), named.size()));
        }
        assertThat(select(images.add(Index.of(plain)), "linux/arm64")).isEqualTo("linux/arm64");
    }

    @Test
    void anIndexInsideAnIndexIsSearched() throws IOException {
        Descriptor inner = images.index("linux/amd64", "linux/arm64");

        assertThat(select(images.add(Index.of(List.of(inner))), "linux/arm64")).isEqualTo("linux/arm64");
    }

    @Test
    void nestingIsBounded() {
        Descriptor root = images.index("linux/amd64");
        for (int i = 0; i < 20; i++) {
            root = images.add(Index.of(List.of(root)));
        }
        Descriptor deep = root;
        assertThatThrownBy(() -> select(deep, "linux/amd64")).hasMessageContaining("nested too deeply");
        assertThatThrownBy(() -> ImageTree.of(deep, images)).hasMessageContaining("nested too deeply");
    }

    @Test
    void anArtifactIsNoImage() {
        Manifest artifact = new Manifest(
                MediaTypes.OCI_MANIFEST,
                "application/example",
                Descriptor.of("application/vnd.oci.empty.v1+json", new byte[] {'{', '}'}),
                List.of(),
                Optional.empty(),
                new TreeMap<>());
        Descriptor root = images.add(artifact);

        assertThatThrownBy(() -> select(root, "linux/amd64"))
                .hasMessage(root.digest()
                        + " is not an image: its config has the media type application/vnd.oci.empty.v1+json");
    }
}
