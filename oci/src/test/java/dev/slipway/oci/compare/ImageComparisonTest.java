package dev.slipway.oci.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.executor.image.Compression;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Platform;
import dev.slipway.oci.ConfigDocument;
import dev.slipway.oci.Image;
import dev.slipway.oci.compare.Difference.Kind;
import dev.slipway.oci.compare.Difference.Section;
import dev.slipway.oci.image.ImageAssembler;
import dev.slipway.oci.image.ImageLayer;
import dev.slipway.oci.image.ImageParts;
import dev.slipway.oci.image.TestImages;
import dev.slipway.oci.inspect.Inspection;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ImageComparisonTest {

    private final TestImages images = new TestImages();

    private Image image(ImageLayer... layers) throws IOException {
        return Image.read(images.imageOf("linux/amd64", List.of(layers)).descriptor(), images);
    }

    private Image configured(String config) throws IOException {
        ConfigDocument document =
                ConfigDocument.parse(Bytes.utf8("{\"architecture\":\"amd64\",\"os\":\"linux\"," + config + "}"));
        ImageParts parts = ImageParts.of(
                Platform.parse("linux/amd64"), document, List.of(images.layer("a", "1", Compression.GZIP)));
        return Image.read(images.add(ImageAssembler.image(parts)).descriptor(), images);
    }

    private static List<String> shown(List<Difference> differences) {
        return differences.stream()
                .map(difference -> difference.section() + " " + difference.kind() + " " + difference.subject() + " "
                        + difference.changes().stream()
                                .map(Difference.Change::field)
                                .toList())
                .toList();
    }

    @Test
    void anImageIsTheSameAsItself() throws Exception {
        Image image = image(images.layer("a", "1", Compression.GZIP));
        assertThat(ImageComparison.of(image, image)).isEmpty();
    }

    @Test
    void filesThatAreNewGoneOrChangedAreNamed() throws Exception {
        Image before = image(
                images.layer("same", "", Compression.GZIP),
                images.layer(List.of(FileEntry.file("mode", 0644, 0), FileEntry.file("gone", 0644, 0))));
        Image after = image(
                images.layer("same", "", Compression.GZIP),
                images.layer(List.of(
                        FileEntry.file("mode", 0755, 0).withOwner(7, 8), FileEntry.symlink("new", "somewhere"))));
        List<Difference> differences = ImageComparison.of(before, after);
        assertThat(shown(differences))
                .containsExactly(
                        "LAYERS CHANGED 2 []",
                        "FILES REMOVED /gone []",
                        "FILES CHANGED /mode [mode, owner]",
                        "FILES ADDED /new []");
        assertThat(differences.get(2).changes().get(1).before()).contains("0:0");
        assertThat(differences.get(2).changes().get(1).after()).contains("7:8");
        assertThat(differences.get(3).changes().get(0).after()).contains("type symlink, owner 0:0, target somewhere");
    }

    @Test
    void contentsAreCompared() throws Exception {
        List<Difference> differences = ImageComparison.of(
                image(images.layer("a", "1", Compression.GZIP)), image(images.layer("a", "2", Compression.GZIP)));
        assertThat(shown(differences)).containsExactly("LAYERS CHANGED 1 []", "FILES CHANGED /a [content]");
    }

    @Test
    void timesAndPackingAreMinor() throws Exception {
        FileEntry early = FileEntry.file("a", 0644, 0);
        FileEntry other = FileEntry.file("b", 0644, 0);
        Image before = image(
                images.layer(List.of(early)),
                images.layer(List.of(early, other)),
                images.layer("c", "1", Compression.GZIP));
        Image after = image(
                images.layer(List.of(early.withModified(Instant.ofEpochSecond(5)))),
                images.layer(List.of(other, early)),
                images.layer("c", "1", Compression.ZSTD));
        List<Difference> differences = ImageComparison.of(before, after);
        assertThat(shown(differences))
                .containsExactly(
                        "LAYERS CHANGED 1 [times of files]",
                        "LAYERS CHANGED 2 [order of files]",
                        "LAYERS CHANGED 3 [compression]");
        assertThat(ImageComparison.major(differences)).isEmpty();
    }

    @Test
    void aTimeThatIsSeenIsMinorToo() throws Exception {
        FileEntry early = FileEntry.file("a", 0644, 0);
        List<Difference> differences = ImageComparison.of(
                image(images.layer(List.of(early))),
                image(images.layer(List.of(early.withModified(Instant.ofEpochSecond(5))))));
        assertThat(shown(differences)).containsExactly("LAYERS CHANGED 1 [times of files]", "FILES CHANGED /a [time]");
        assertThat(ImageComparison.major(differences)).isEmpty();
    }

    @Test
    void everyFieldOfTheConfigIsCompared() throws Exception {
        Image before = configured("\"created\":\"2020-01-01T00:00:00Z\",\"odd\":{\"x\":1},\"config\":"
                + "{\"Env\":[\"A=1\",\"B=2\"],\"Cmd\":[\"sh\"],\"User\":\"me\"}");
        Image after = configured("\"created\":\"2021-01-01T00:00:00Z\",\"odd\":{\"x\":2},\"config\":"
                + "{\"Env\":[\"A=1\",\"B=3\"],\"Cmd\":[\"sh\",\"-c\"],\"Labels\":{\"l\":\"v\"}}");
        List<Difference> differences = ImageComparison.of(before, after);
        assertThat(shown(differences))
                .contains(
                        "CONFIG REMOVED User []",
                        "CONFIG CHANGED Env.B []",
                        "CONFIG CHANGED Cmd []",
                        "CONFIG CHANGED odd []",
                        "CONFIG ADDED Labels.l []",
                        "CONFIG CHANGED created []")
                .noneMatch(text -> text.contains("Env.A"));
        assertThat(ImageComparison.major(differences))
                .filteredOn(difference -> difference.section() == Section.CONFIG)
                .extracting(Difference::subject)
                .doesNotContain("created");
    }

    @Test
    void historyIsComparedButForItsTimes() throws Exception {
        Image before = configured("\"history\":[{\"created_by\":\"one\",\"created\":\"2020-01-01T00:00:00Z\"}]");
        Image after = configured("\"history\":[{\"created_by\":\"two\",\"created\":\"2021-01-01T00:00:00Z\"}]");
        assertThat(shown(ImageComparison.major(ImageComparison.of(before, after))))
                .containsExactly("HISTORY CHANGED 1 [created_by]");
    }

    @Test
    void platformsArePairedAndThoseOfOneImageAloneNamed() throws Exception {
        Descriptor before = images.index("linux/amd64", "linux/arm64");
        Descriptor after = images.index("linux/arm64", "linux/riscv64");
        List<PlatformComparison> comparisons =
                PlatformComparison.of(Inspection.of(before, images), Inspection.of(after, images), List.of());
        assertThat(comparisons)
                .extracting(PlatformComparison::name, PlatformComparison::isSame)
                .containsExactly(
                        tuple("linux/amd64", false), tuple("linux/arm64", true), tuple("linux/riscv64", false));
        assertThat(comparisons.get(0).after()).isEmpty();
        assertThat(comparisons.get(2).before()).isEmpty();
    }

    @Test
    void layersOfBothImagesAreReadOnce() throws Exception {
        ImageLayer shared = images.layer("shared", "1", Compression.GZIP);
        Image before = image(shared, images.layer("a", "1", Compression.GZIP));
        Image after = image(shared, images.layer("a", "2", Compression.GZIP));
        Map<String, Integer> reads = new TreeMap<>();
        List<Difference> differences = ImageComparison.of(counted(before, reads), counted(after, reads));
        assertThat(differences).extracting(Difference::kind).containsOnly(Kind.CHANGED);
        assertThat(reads.get(shared.descriptor().digest().toString())).isEqualTo(1);
    }

    private static Image counted(Image image, Map<String, Integer> reads) {
        return new Image(image.descriptor(), image.manifest(), image.document(), blob -> {
            reads.merge(blob.digest().toString(), 1, Integer::sum);
            return image.blobs().open(blob);
        });
    }
}
