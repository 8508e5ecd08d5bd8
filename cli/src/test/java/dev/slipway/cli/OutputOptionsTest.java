package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.SlipwayProcess.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the options of outputs do to what is written. */
class OutputOptionsTest {

    private static final long EARLY = 1_000_000_000;
    private static final long EPOCH = 1_500_000_000;
    private static final long LATE = 1_700_000_000;
    private static final String TIME = "SOURCE_DATE_EPOCH=" + EPOCH;

    @TempDir
    private Path folder;

    private Path context;
    private Path out;

    @BeforeEach
    void makeContext() throws IOException {
        context = Files.createDirectory(folder.resolve("context"));
        out = folder.resolve("out");
        file("early", EARLY);
        file("late", LATE);
        dockerfile("FROM scratch\nCOPY early late /d/\n");
    }

    @Test
    void timesInNewLayersAreTakenBackToTheEpoch() throws Exception {
        build("--build-arg", TIME, "-o", "type=oci,tar=false,dest=" + out + ",rewrite-timestamp=true");
        assertThat(times(layers().get(0)))
                .containsEntry("d/early", EARLY)
                .containsEntry("d/late", EPOCH)
                .containsEntry("d/", EPOCH);
    }

    @Test
    void withoutBeingToldToTimesInLayersStay() throws Exception {
        build("--build-arg", TIME, "-o", "type=oci,tar=false,dest=" + out);
        assertThat(times(layers().get(0))).containsEntry("d/late", LATE);
    }

    @Test
    void aBuildOfTouchedFilesIsTheSameImage() throws Exception {
        String output = "type=oci,tar=false,dest=" + out + ",rewrite-timestamp=1,source-date-epoch=" + EPOCH;
        Outcome first = build("-o", output);
        file("late", LATE + 1000);
        assertThat(build("-o", output).out()).isEqualTo(first.out());
    }

    @Test
    void layersOfTheBaseStayWhatTheyAre() throws Exception {
        build("-o", "type=oci,tar=false,dest=" + out);
        String base = layers().get(0);
        dockerfile("FROM base\nCOPY late /more\n");
        Path above = folder.resolve("above");
        build(
                "--build-context",
                "base=oci-layout://" + out,
                "--build-arg",
                TIME,
                "-o",
                "type=oci,tar=false,dest=" + above + ",rewrite-timestamp=true");
        out = above;
        assertThat(layers()).hasSize(2).startsWith(base);
        assertThat(times(layers().get(1))).containsEntry("more", EPOCH);
        assertThat(manifest()).containsOnlyOnce("\"buildkit/rewritten-timestamp\": \"" + EPOCH + '"');
    }

    @Test
    void rewritingWithoutATimeIsToldOfOnce() throws Exception {
        Outcome outcome = build(
                "--platform",
                "linux/amd64,linux/arm64",
                "-o",
                "type=oci,tar=false,dest=" + out + ",rewrite-timestamp=true");
        assertThat(outcome.err()).containsOnlyOnce("rewrite-timestamp=true has no effect without a time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prefer-nondist-layers", "unpack", "store"})
    void whatHasNoEffectIsToldOfOnce(String option) throws Exception {
        String output = "type=oci,tar=false,dest=" + out + "," + option;
        assertThat(build("-o", output + "=true").err()).containsOnlyOnce(option + "=true has no effect");
        assertThat(build("-o", output + "=false").err()).doesNotContain(option);
    }

    @Test
    void theUsualLevelIsMinusOne() throws Exception {
        String usual = build("-o", "type=oci,tar=false,dest=" + out).out();
        assertThat(build("-o", "type=oci,tar=false,dest=" + out + ",compression-level=-1")
                        .out())
                .isEqualTo(usual);
    }

    @Test
    void aCompressionThatIsNotMadeIsRefusedByName() throws Exception {
        Outcome outcome = slipway("-o", "type=oci,dest=" + out + ",compression=estargz");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .isEqualTo("ERROR: compression=estargz is not supported; known are gzip, uncompressed, zstd"
                        + System.lineSeparator());
    }

    @Test
    void filesOfOnePlatformAreInAFolderOfTheirOwnIfThatIsWanted() throws Exception {
        build("--platform", "linux/amd64", "-o", "type=local,dest=" + out + ",platform-split=true");
        assertThat(out.resolve("linux_amd64/d/late")).exists();
    }

    @Test
    void filesOfSeveralPlatformsAreInOneFolderIfTheyHaveNamesOfTheirOwn() throws Exception {
        dockerfile("FROM scratch\nARG TARGETARCH\nCOPY late /d/tool-$TARGETARCH\n");
        build("--platform", "linux/amd64,linux/arm64", "-o", "type=local,dest=" + out + ",platform-split=false");
        assertThat(out.resolve("d/tool-amd64")).exists();
        assertThat(out.resolve("d/tool-arm64")).exists();
    }

    @Test
    void aFileOfTwoPlatformsIsNotWrittenIntoOneFolder() throws Exception {
        Outcome outcome = slipway(
                "--platform", "linux/amd64,linux/arm64", "-o", "type=tar,dest=" + out + ",platform-split=false");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("platform-split=false: both linux/amd64 and linux/arm64 have /d/early; leave platform-split"
                        + " out");
        assertThat(out).doesNotExist();
    }

    @Test
    void theOutputsTimeCountsMoreThanTheBuilds() throws Exception {
        build("--build-arg", TIME, "-o", "type=local,dest=" + out + ",source-date-epoch=" + EARLY);
        assertThat(Files.getLastModifiedTime(out.resolve("d/late"))).isEqualTo(FileTime.fromMillis(EARLY * 1000));
        build("--build-arg", TIME, "-o", "type=local,dest=" + out + "2,source-date-epoch=");
        assertThat(Files.getLastModifiedTime(Path.of(out + "2/d/late"))).isEqualTo(FileTime.fromMillis(LATE * 1000));
    }

    private void file(String name, long time) throws IOException {
        Path file = Files.writeString(context.resolve(name), name);
        Files.setLastModifiedTime(file, FileTime.fromMillis(time * 1000));
    }

    private void dockerfile(String text) throws IOException {
        Files.writeString(context.resolve("Dockerfile"), text);
    }

    private Outcome build(String... options) throws IOException {
        Outcome outcome = slipway(options);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        if (Files.exists(out.resolve("index.json"))) {
            ValidImages.require(out);
        }
        return outcome;
    }

    private Outcome slipway(String... options) {
        List<String> arguments = new ArrayList<>(List.of("build"));
        Collections.addAll(arguments, options);
        arguments.add(context.toString());
        return InProcess.run(arguments.toArray(String[]::new));
    }

    /** The digests of the image's layers. */
    private List<String> layers() throws IOException {
        List<String> digests = digests(manifest());
        return digests.subList(1, digests.size());
    }

    private String manifest() throws IOException {
        return Files.readString(
                blob(digests(Files.readString(out.resolve("index.json"))).get(0)));
    }

    private static List<String> digests(String json) {
        return Pattern.compile("sha256:[0-9a-f]{64}")
                .matcher(json)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private Path blob(String digest) {
        return out.resolve("blobs/sha256").resolve(digest.substring("sha256:".length()));
    }

    private Map<String, Long> times(String layer) throws IOException {
        Map<String, Long> times = new TreeMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(blob(layer)))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                times.put(entry.getName(), entry.getLastModifiedTime().toMillis() / 1000);
            }
        }
        return times;
    }
}
