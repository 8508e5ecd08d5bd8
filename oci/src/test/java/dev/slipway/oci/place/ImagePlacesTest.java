package dev.slipway.oci.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Compression;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.Image;
import dev.slipway.oci.image.ImageValidator;
import dev.slipway.oci.image.TestImages;
import dev.slipway.oci.layout.OciLayout;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistrySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layouts and archives as places; registries are in the tests of the command. */
class ImagePlacesTest {

    private final ImagePlaces places = new ImagePlaces(new RegistryClient(RegistrySettings.anonymous()));
    private final TestImages images = new TestImages();

    @TempDir
    private Path folder;

    private void write(Descriptor root, String place) throws IOException {
        places.sink(ImagePlace.parse(place)).write(new SentImage(root, images, Map.of()), StepMonitor.NONE);
    }

    private Descriptor read(String place) throws IOException {
        try (StoredImage image = places.open(ImagePlace.parse(place))) {
            assertThat(ImageValidator.problems(image.root(), image.blobs())).isEmpty();
            return image.root();
        }
    }

    @Test
    void anIndexKeepsItsDigestInEveryKindOfLayout() throws Exception {
        Descriptor root = images.index("linux/amd64", "linux/arm64");
        for (String place : List.of("oci-layout://%s/layout:1", "oci-archive://%s/archive:1", "%s/app.tar:1")) {
            String there = place.formatted(folder);
            write(root, there);
            assertThat(read(there)).as(there).isEqualTo(root);
        }
        assertThat(folder.resolve("app.tar")).isRegularFile();
    }

    @Test
    void aTagOfALayoutMovesAndOthersStay() throws Exception {
        Descriptor old = images.index("linux/amd64");
        Descriptor now = images.index("linux/arm64");
        write(old, folder + "/layout:1");
        write(old, folder + "/layout:2");
        write(now, folder + "/layout:2");
        assertThat(read(folder + "/layout:1")).isEqualTo(old);
        assertThat(read(folder + "/layout:2")).isEqualTo(now);
        try (OciLayout layout = OciLayout.open(folder.resolve("layout"))) {
            assertThat(layout.index().manifests()).hasSize(2);
        }
    }

    @Test
    void anImageIsFoundByItsDigest() throws Exception {
        Descriptor root = images.index("linux/amd64");
        write(root, folder + "/layout:1");
        assertThat(read(folder + "/layout@" + root.digest())).isEqualTo(root);
        Descriptor other = images.index("linux/arm64");
        assertThatThrownBy(() -> write(other, folder + "/layout@" + root.digest()))
                .hasMessageContaining("the image has another digest, " + other.digest());
    }

    @Test
    void anArchiveOfDockerSaveIsAnImage() throws Exception {
        Descriptor root = images.image("linux/amd64").descriptor();
        write(root, "docker-archive://" + folder + "/saved.tar:team/app:1");
        // As engines before 25 wrote it: without the layout.
        Path old = SavedArchive.old(folder.resolve("old.tar"), root, images, "team/app:1");
        Image image = Image.read(root, images);
        for (String place : List.of(old.toString(), "docker-archive://" + old + ":team/app:1")) {
            try (StoredImage stored = places.open(ImagePlace.parse(place))) {
                Image read = Image.read(stored.root(), stored.blobs());
                assertThat(ImageValidator.problems(stored.root(), stored.blobs()))
                        .isEmpty();
                assertThat(read.document()).isEqualTo(image.document());
            }
        }
        assertThat(read(folder + "/saved.tar").digest()).isEqualTo(root.digest());
        assertThatThrownBy(() -> read("docker-archive://" + old + ":other"))
                .hasMessage("no image other:latest in " + old + "; it has team/app:1");
    }

    @Test
    void aCompressedLayerOfDockerSaveStaysAsItIs() throws Exception {
        Descriptor root = images.imageOf(
                        "linux/amd64",
                        List.of(images.layer("a", "1", Compression.GZIP), images.layer("b", "2", Compression.ZSTD)))
                .descriptor();
        Path archive = SavedArchive.withCompressedLayers(folder.resolve("old.tar"), root, images);
        try (StoredImage stored = places.open(ImagePlace.parse(archive.toString()))) {
            assertThat(ImageValidator.problems(stored.root(), stored.blobs())).isEmpty();
            assertThat(Image.read(stored.root(), stored.blobs()).manifest().layers())
                    .isEqualTo(Image.read(root, images).manifest().layers());
        }
    }

    @Test
    void aDamagedArchiveOfDockerSaveIsRefusedByName() throws Exception {
        Path archive = SavedArchive.of(folder.resolve("bad.tar"), Map.of("manifest.json", "{}"));
        assertThatThrownBy(() -> read("docker-archive://" + archive))
                .hasMessageStartingWith("manifest.json of " + archive);
        Path empty = SavedArchive.of(
                folder.resolve("empty.tar"), Map.of("manifest.json", "[{\"Config\":\"c.json\",\"Layers\":[]}]"));
        assertThatThrownBy(() -> read("docker-archive://" + empty)).hasMessage(empty + " has no file c.json");
        assertThatThrownBy(() -> read("docker-archive://" + folder + "/none.tar"))
                .hasMessage("there is no archive " + folder + "/none.tar");
    }

    @Test
    void aFileIsNotTakenForAFolder() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> write(images.index("linux/amd64"), "oci-layout://" + file))
                .hasMessage(file + " is a file; to write an archive, say oci-archive://" + file);
        assertThatThrownBy(() -> write(images.index("linux/amd64"), "oci-archive://" + folder))
                .hasMessage(folder + " is a folder; to write a layout into it, say oci-layout://" + folder);
    }
}
