package dev.slipway.oci.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.llb.Digest;
import dev.slipway.oci.place.ImagePlace.LayoutForm;
import dev.slipway.oci.place.ImagePlace.OfDockerArchive;
import dev.slipway.oci.place.ImagePlace.OfLayout;
import dev.slipway.oci.place.ImagePlace.OfRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagePlaceTest {

    private static final String DIGEST = "sha256:" + "a".repeat(64);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "alpine, docker.io/library/alpine:latest",
        "registry.example.com:5000/team/app:1, registry.example.com:5000/team/app:1",
        "docker-image://app:2, docker.io/library/app:2",
        "target/images/alpine, docker.io/target/images/alpine:latest",
        "oci-layout://some/folder:1.0, oci-layout://some/folder:1.0",
        "oci-archive://app.tar, oci-archive://app.tar",
        "docker-archive://app.tar:team/app, docker-archive://app.tar:team/app:latest",
        "docker-archive://app.tar:registry.example.com:5000/app:1, docker-archive://app.tar:registry.example.com:5000/app:1",
        "docker-engine://team/app, docker-engine://team/app:latest",
        "./app:1, oci-layout://./app:1",
        "/x/app.tar:1, oci-archive:///x/app.tar:1",
        "../app.tar, oci-archive://../app.tar"
    })
    void aPlaceIsReadAsItIsWritten(String text, String expected) {
        assertThat(ImagePlace.parse(text)).hasToString(expected);
    }

    @Test
    void aDigestIsPartOfAPlace() {
        assertThat(ImagePlace.parse("app@" + DIGEST)).hasToString("docker.io/library/app@" + DIGEST);
        assertThat(ImagePlace.parse("oci-layout://f@" + DIGEST)).hasToString("oci-layout://f@" + DIGEST);
        assertThat(ImagePlace.parse("./f:1").withDigest(digest())).hasToString("oci-layout://./f@" + DIGEST);
    }

    private static Digest digest() {
        return Digest.parse(DIGEST);
    }

    @Test
    void whatIsThereSaysWhatAPathIs() throws Exception {
        Files.createDirectory(folder.resolve("odd.tar"));
        assertThat(ImagePlace.parse(folder + "/odd.tar"))
                .isInstanceOfSatisfying(
                        OfLayout.class, layout -> assertThat(layout.form()).isEqualTo(LayoutForm.FOLDER));
        Files.createFile(folder.resolve("with:colon"));
        assertThat(ImagePlace.parse(folder + "/with:colon")).isInstanceOfSatisfying(OfLayout.class, layout -> {
            assertThat(layout.form()).isEqualTo(LayoutForm.ARCHIVE);
            assertThat(layout.path()).isEqualTo(folder.resolve("with:colon"));
            assertThat(layout.tag()).isEmpty();
        });
    }

    @Test
    void onlyTheRepositoryCountsForBeingBeside() {
        assertThat(ImagePlace.parse("app:1").isBeside(ImagePlace.parse("app:2")))
                .isTrue();
        assertThat(ImagePlace.parse("app:1").isBeside(ImagePlace.parse("team/app:1")))
                .isFalse();
        assertThat(ImagePlace.parse("./app:1").isBeside(ImagePlace.parse("oci-layout://./app")))
                .isTrue();
    }

    @Test
    void aRegistryIsNotAFolder() {
        assertThat(ImagePlace.parse("app")).isInstanceOf(OfRegistry.class);
        assertThat(ImagePlace.parse("docker-archive://app")).isInstanceOf(OfDockerArchive.class);
    }

    @Test
    void whatIsNoPlaceIsRefused() {
        assertThatThrownBy(() -> ImagePlace.parse("oci-layout://")).hasMessage("nothing follows oci-layout://");
        assertThatThrownBy(() -> ImagePlace.parse("ftp://host/app"))
                .hasMessageStartingWith("images are not read or written at ftp://; there are docker-image://,");
        assertThatThrownBy(() -> ImagePlace.parse("App")).isInstanceOf(IllegalArgumentException.class);
    }
}
