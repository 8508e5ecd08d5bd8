package dev.slipway.local;

import static dev.slipway.local.TestBuild.base;
import static dev.slipway.local.TestBuild.copy;
import static dev.slipway.local.TestBuild.file;
import static dev.slipway.local.TestBuild.shell;
import static dev.slipway.local.TestBuild.vertex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.executor.ContentSelector;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ExecutorSettings;
import dev.slipway.executor.Output;
import dev.slipway.executor.Result;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.DiffOp;
import dev.slipway.llb.Vertex;
import dev.slipway.local.store.Snapshot;
import dev.slipway.local.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images with layers whose hard links lead to files of lower layers: what a step, a copy and an export make of them. */
@Tag("end-to-end")
class HardLinksTest {

    private static final Instant TIME = Instant.parse("2001-02-03T04:05:06Z");
    private static final String LOOK =
            "busybox stat -c '%n %a %u:%g %h %Y' /x /data/f > /seen;" + " [ /x -ef /data/f ] && cat /x >> /seen";

    @TempDir
    Path folder;

    private TestBuild build;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(Files.exists(TestImage.BUSYBOX), "needs busybox-static");
        build = new TestBuild(folder);
    }

    @AfterEach
    void close() {
        build.close();
    }

    /** An image that is not finished; without a shell, for tests that run nothing. */
    private static TestImage files() throws IOException {
        return withFiles(new TestImage().layer());
    }

    private static TestImage busybox() throws IOException {
        return withFiles(TestImage.busybox());
    }

    private static TestImage withFiles(TestImage image) throws IOException {
        return image.folder("data", 0755)
                .file(owned(FileEntry.file("data/f", 0640, 4)), "text")
                .file("data/g", "other");
    }

    private static FileEntry owned(FileEntry entry) {
        return entry.withMode(0640).withOwner(7, 8).withModified(TIME);
    }

    private static FileEntry link(String path, String target) {
        return owned(FileEntry.hardLink(path, target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"built-in", "proot"})
    void aStepSeesOneFile(String sandbox) throws Exception {
        busybox().layer().add(link("x", "data/f")).write(build.layout);
        ExecutorSettings settings =
                new ExecutorSettings(folder.resolve("home-" + sandbox), new TreeMap<>(Map.of("sandbox", sandbox)));
        try (TestBuild other = new TestBuild(folder, settings)) {
            Vertex run = shell(base(), LOOK);

            assertThat(other.listLayer(run))
                    .containsExactly("seen 644 /x 640 7:8 2 981173106|/data/f 640 7:8 2 981173106|text");
            assertThat(other.list(run)).contains("data/f 640 7:8 text", "x = data/f");
            assertThat(other.listLayer(shell(base(), "rm /data/f && chmod 600 /x")))
                    .containsExactly("data/ 755", "data/f gone", "x 600 7:8 text");
        }
    }

    @Test
    void aStepThatChangesOneNameOfAFileOfAnImageChangesThatOne() throws Exception {
        busybox().layer().add(link("x", "data/f")).write(build.layout);

        assertThat(build.listLayer(shell(base(), "echo more >> /x"))).containsExactly("x 640 7:8 textmore|");
    }

    @Test
    void aCopyOfTheLinkIsACopyOfTheFile() throws Exception {
        files().layer().add(link("x", "data/f")).write(build.layout);
        Result root = build.run(base());

        assertThat(build.work.contentDigest(root, List.of(ContentSelector.of("/x"))))
                .isEqualTo(build.work.contentDigest(root, List.of(ContentSelector.of("/data/f"))));
        assertThat(build.list(file(Optional.empty(), Optional.of(base()), copy("/x", "/"))))
                .containsExactly("x 640 7:8 text");
        assertThat(build.list(file(Optional.empty(), Optional.of(base()), copy("/", "/all/"))))
                .contains("all/data/f 640 7:8 text", "all/x = all/data/f");
    }

    @Test
    void theImageThatIsMadeHasTheLayersOfItsBaseByteForByte() throws Exception {
        busybox().layer().add(link("x", "data/f")).write(build.layout);
        Vertex run = shell(base(), "echo made > /made");
        try (TestBuild other = new TestBuild(folder.resolve("other"))) {
            build.export(run, Output.ociLayout(other.layout));

            assertThat(blobs(other.layout)).containsAll(blobs(build.layout));
            assertThat(other.list(shell(base(), LOOK)))
                    .contains("made 644 made|", "seen 644 /x 640 7:8 2 981173106|/data/f 640 7:8 2 981173106|text");
        }
    }

    @Test
    void filesThatAreWrittenToAFolderAreOneFile() throws Exception {
        files().layer().add(link("x", "data/f")).write(build.layout);
        Path out = folder.resolve("out");
        build.export(base(), Output.localDirectory(out));

        assertThat(Files.isSameFile(out.resolve("x"), out.resolve("data/f"))).isTrue();
        assertThat(out.resolve("x")).hasContent("text");
    }

    /** The digests of all layers in a layout. */
    private static List<String> blobs(Path layout) throws IOException {
        try (var files = Files.list(layout.resolve("blobs/sha256"))) {
            return files.filter(HardLinksTest::isCompressed)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private static boolean isCompressed(Path file) {
        try (var in = Files.newInputStream(file)) {
            return in.read() == 0x1F;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatTheLastLinkSaysOfAFileHoldsForAllItsNames() throws Exception {
        files().file("own", "own")
                .layer()
                .file("a", "of the layer")
                .add(FileEntry.hardLink("b", "a").withMode(0600).withOwner(1, 2))
                .add(FileEntry.hardLink("c", "b").withMode(04755).withOwner(3, 4))
                .add(link("x", "data/f"))
                .add(FileEntry.hardLink("y", "x").withMode(0600).withOwner(5, 6))
                .write(build.layout);

        assertThat(build.list(base()))
                .contains(
                        "a 4755 3:4 of the layer", "b = a", "c = a", "data/f 600 5:6 text", "x = data/f", "y = data/f");
    }

    @Test
    void theFileMayBeReplacedOrTakenAwayAfterTheLink() throws Exception {
        busybox()
                .layer()
                .add(link("x", "data/f"))
                .file("data/f", "new")
                .add(link("y", "data/g"))
                .add(FileEntry.whiteout("data/g"))
                .layer()
                .add(link("z", "x"))
                .write(build.layout);
        Vertex run = shell(base(), "cat /x /data/f /y /z > /seen; busybox stat -c %h /x /y >> /seen");

        assertThat(build.list(run))
                .contains(
                        "data/f 644 new", "x 640 7:8 text", "y 640 7:8 other", "z = x", "seen 644 textnewothertext2|1|")
                .noneMatch(line -> line.startsWith("data/g"));
    }

    @ParameterizedTest
    @CsvSource({
        "data/none, never there",
        "data, a folder",
        "data/f/f, below a file",
        "gone/f, taken away by a layer below",
        "data/g, taken away by the layer itself",
        "root/f, hidden by the layer itself",
        "x, itself"
    })
    void aLinkToNoFileIsRefused(String target, String why) throws Exception {
        files().folder("gone", 0755)
                .folder("root", 0755)
                .file("gone/f", "1")
                .file("root/f", "2")
                .file("x", "3")
                .layer()
                .add(FileEntry.whiteout("gone/f"))
                .layer()
                .add(FileEntry.whiteout("data/g"))
                .add(FileEntry.opaque("root"))
                .add(link("x", target))
                .write(build.layout);

        Result root = build.run(base());
        assertThatThrownBy(() -> build.work.contentDigest(root, List.of(ContentSelector.of("/"))))
                .as(why)
                .isInstanceOf(ExecutorException.class)
                .hasMessage(
                        "the hard link x leads to " + target
                                + ", which is not a file of its layer or of those below it; the image is faulty, use another one");
    }

    @Test
    void theWayToTheFileMayLeadThroughLinksAndStaysInTheRoot() throws Exception {
        Path outside = Files.writeString(folder.resolve("outside"), "SECRET");
        files().add(FileEntry.symlink("way", "/data"))
                .add(FileEntry.symlink("out", "../../../../.." + folder))
                .layer()
                .add(FileEntry.symlink("own", "way"))
                .add(link("x", "own/f"))
                .write(build.layout);
        assertThat(build.list(base())).contains("x = data/f");
        try (TestBuild other = new TestBuild(folder.resolve("other"))) {
            files().add(FileEntry.symlink("out", "../../../../.." + folder))
                    .layer()
                    .add(link("x", "out/outside"))
                    .write(other.layout);
            assertThatThrownBy(() -> other.list(base()))
                    .hasMessageStartingWith("the hard link x leads to out/outside, ");
        }
        assertThat(outside).hasContent("SECRET");
    }

    @Test
    void theLayerIsUnpackedOnceForEachRootThatItsLinksLeadInto() throws Exception {
        busybox().layer().add(link("x", "data/f")).layer().file("top", "1").write(build.layout);
        build.run(shell(base(), "true"));
        build.run(shell(base(), "cat /x > /seen"));
        List<String> layers =
                build.executor.store().roots().snapshot(build.run(base())).layers();
        assertThat(layers).allSatisfy(layer -> assertThat(trees(layer)).hasSize(1));

        Result other = build.executor
                .store()
                .roots()
                .save(new Snapshot(List.of(layers.get(0), layer("1"), layers.get(1), layers.get(2))));
        build.work.run(shell(base(), LOOK), List.of(other), StepMonitor.NONE);
        assertThat(trees(layers.get(0))).hasSize(1);
        assertThat(trees(layers.get(1))).hasSize(2);
        assertThat(trees(layers.get(2))).hasSize(1);
    }

    /** A layer that replaces the file. */
    private String layer(String content) throws IOException, InterruptedException {
        build.put("f", content);
        Vertex copied = file(Optional.empty(), Optional.of(TestBuild.local()), copy("/f", "/data/"));
        return build.executor
                .store()
                .roots()
                .snapshot(build.run(copied))
                .layers()
                .get(0);
    }

    private List<Path> trees(String layer) throws IOException {
        Path trees = folder.resolve("home/v1/trees").resolve(layer);
        try (var all = Files.list(trees)) {
            return all.filter(Files::isDirectory).toList();
        }
    }

    @Test
    void theDifferenceOfTwoImagesHoldsTheFile() throws Exception {
        files().layer().add(link("x", "data/f")).write(build.layout);
        Store store = build.executor.store();
        Result upper = build.run(base());
        Result lower = new Snapshot(store.roots().snapshot(upper).layers().subList(0, 1)).result();
        Result difference = build.work
                .run(vertex(new DiffOp(0, 1), List.of(base(), base())), List.of(lower, upper), StepMonitor.NONE)
                .get(0);

        assertThat(Listing.of(store.roots().files(difference), store)).containsExactly("x 640 7:8 text");
    }
}
