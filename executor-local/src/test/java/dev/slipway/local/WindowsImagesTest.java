package dev.slipway.local;

import static dev.slipway.local.TestBuild.base;
import static dev.slipway.local.TestBuild.copy;
import static dev.slipway.local.TestBuild.file;
import static dev.slipway.local.TestBuild.local;
import static dev.slipway.local.TestBuild.vertex;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.ExecutorSettings;
import dev.slipway.executor.Output;
import dev.slipway.executor.Result;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Digest;
import dev.slipway.llb.FileAction.Remove;
import dev.slipway.llb.MergeOp;
import dev.slipway.llb.Vertex;
import dev.slipway.oci.Image;
import dev.slipway.oci.layer.LayerLimits;
import dev.slipway.oci.layer.LayerReader;
import dev.slipway.oci.layout.OciLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Base images for Windows, whose files lie in a folder of their layers, and what is built upon them. */
class WindowsImagesTest {

    @TempDir
    Path folder;

    private final List<TestBuild> others = new ArrayList<>();
    private TestBuild build;

    @BeforeEach
    void open() throws IOException {
        build = new TestBuild(folder);
        build.system = "windows";
    }

    @AfterEach
    void close() {
        others.forEach(TestBuild::close);
        build.close();
    }

    /** A base of two layers, the second of which takes something away. */
    private static TestImage windows() throws IOException {
        return new TestImage()
                .system("windows")
                .layer()
                .folder("Files", 0755)
                .folder("Files/Windows", 0755)
                .file("Files/Windows/cmd.exe", "MZcmd")
                .folder("Files/data", 0755)
                .file("Files/data/old.txt", "old")
                .file("Files/data/kept.txt", "kept")
                .folder("Hives", 0755)
                .file("Hives/Software_Base", "hive")
                .folder("UtilityVM", 0755)
                .layer()
                .add(FileEntry.whiteout("Files/data/old.txt"))
                .add(FileEntry.hardLink("Files/same.exe", "Files/Windows/cmd.exe")
                        .withMode(0644))
                .add(FileEntry.symlink("Files/link", "Files/data/kept.txt"))
                .file("Hives/Software_Delta", "hive");
    }

    /** Exports a result as an image, and opens it. */
    private Image export(Vertex result, String name) throws IOException, InterruptedException {
        return export(result, Output.ociLayout(folder.resolve(name)));
    }

    private Image export(Vertex result, Output output) throws IOException, InterruptedException {
        Path layout = output.destination().orElseThrow();
        build.export(result, output);
        OciLayout opened = OciLayout.open(layout);
        return Image.read(opened.index().manifests().get(0), opened);
    }

    private static List<String> names(Image image, int layer) throws IOException {
        List<String> names = new ArrayList<>();
        try (LayerReader reader = LayerReader.ofLayer(image.openLayer(layer), LayerLimits.DEFAULT)) {
            for (Optional<FileEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                FileEntry found = entry.get();
                names.add(found.path() + (found.linkTarget().isEmpty() ? "" : " -> " + found.linkTarget()));
            }
        }
        return names;
    }

    @Test
    void theRootIsTheDrive() throws Exception {
        windows().write(build.layout);
        assertThat(build.list(base()))
                .containsExactly(
                        "Windows/ 755",
                        "Windows/cmd.exe 644 MZcmd",
                        "data/ 755",
                        "data/kept.txt 644 kept",
                        "link -> data/kept.txt",
                        "same.exe = Windows/cmd.exe");
    }

    @Test
    void filesAreCopiedToImagesOfOtherSystems() throws Exception {
        windows().write(build.layout);
        Vertex copied = file(Optional.empty(), Optional.of(base()), copy("/Windows/cmd.exe", "/c.exe"));
        assertThat(build.list(copied)).containsExactly("c.exe 644 MZcmd");
        assertThat(names(export(copied, "out"), 0)).containsExactly("c.exe");
    }

    @Test
    void layersAboveAreForWindowsAndThoseBelowStayWhatTheyAre() throws Exception {
        TestImage image = windows();
        image.write(build.layout);
        build.put("f", "x");
        Vertex result = file(
                Optional.of(file(Optional.of(base()), Optional.of(local()), copy("/f", "/new/f"))),
                Optional.empty(),
                new Remove("/data/kept.txt", false, false));
        Image out = export(result, "out");
        assertThat(out.config().diffIds().subList(0, 2)).isEqualTo(image.diffIds());
        assertThat(out.manifest().layers().subList(0, 2))
                .extracting(Descriptor::digest)
                .isEqualTo(image.blobDigests());
        assertThat(names(out, 2)).containsExactly("Hives", "Files", "Files/new", "Files/new/f");
        assertThat(names(out, 3)).startsWith("Hives", "Files").endsWith("Files/data/kept.txt");
    }

    @Test
    void layersWhoseTimesAreRewrittenAreForWindowsStill() throws Exception {
        TestImage image = windows();
        image.write(build.layout);
        build.put("f", "x");
        Vertex result = file(Optional.of(base()), Optional.of(local()), copy("/f", "/new/f"));
        Output output = Output.ociLayout(folder.resolve("out"))
                .with("rewrite-timestamp", "true")
                .with("source-date-epoch", "1000");
        Image out = export(result, output);
        assertThat(out.config().diffIds().subList(0, 2)).isEqualTo(image.diffIds());
        assertThat(names(out, 2)).containsExactly("Hives", "Files", "Files/new", "Files/new/f");
        try (LayerReader reader = LayerReader.ofLayer(out.openLayer(2), LayerLimits.DEFAULT)) {
            for (Optional<FileEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                assertThat(entry.get().modified()).isBeforeOrEqualTo(Instant.ofEpochSecond(1000));
            }
        }
    }

    @Test
    void whatWasBuiltIsABaseAgain() throws Exception {
        windows().write(build.layout);
        build.put("f", "x");
        Files.createSymbolicLink(build.context.resolve("l"), Path.of("f"));
        Vertex result = file(Optional.of(base()), Optional.of(local()), copy("/", "/new/"));
        build.export(result, Output.ociLayout(folder.resolve("next/layout")));
        TestBuild next = new TestBuild(folder.resolve("next"));
        others.add(next);
        assertThat(next.list(base())).isEqualTo(build.list(result)).contains("new/l -> f");
        assertThat(next.executor
                        .store()
                        .roots()
                        .files(next.run(base()))
                        .attributes()
                        .mode())
                .isEqualTo(0755);
    }

    @Test
    void layersThatAreMergedAreForWindowsToo() throws Exception {
        windows().write(build.layout);
        build.put("f", "x");
        Vertex linked = file(Optional.empty(), Optional.of(local()), copy("/f", "/linked"));
        Vertex merged = vertex(new MergeOp(List.of(0, 1)), List.of(base(), linked));
        assertThat(build.list(merged)).contains("linked 644 x", "Windows/cmd.exe 644 MZcmd");
        assertThat(names(export(merged, "out"), 2)).containsExactly("Hives", "Files", "Files/linked");
        assertThat(names(export(linked, "plain"), 0)).containsExactly("linked");
    }

    @Test
    void theSameLayersOfALinuxImageAreWhatTheyAre() throws Exception {
        windows().write(build.layout);
        assertThat(build.list(base())).contains("Windows/cmd.exe 644 MZcmd");
        TestBuild linux = new TestBuild(folder.resolve("linux"), ExecutorSettings.of(folder.resolve("home")));
        others.add(linux);
        windows().system("linux").write(linux.layout);
        assertThat(linux.list(base())).contains("Files/Windows/cmd.exe 644 MZcmd", "Hives/Software_Delta 644 hive");
        assertThat(linux.work.sourceKey(base(), StepMonitor.NONE))
                .isNotEqualTo(build.work.sourceKey(base(), StepMonitor.NONE));
    }

    @Test
    void anImageFromScratchHoldsItsFilesUnderTheirOwnNames() throws Exception {
        new TestImage().system("windows").layer().file("tool.exe", "MZ").write(build.layout);
        assertThat(build.list(base())).containsExactly("tool.exe 644 MZ");
    }

    @Test
    void outputsOfFilesShowTheDrive() throws Exception {
        windows().write(build.layout);
        build.export(base(), Output.localDirectory(folder.resolve("files")));
        assertThat(folder.resolve("files/Windows/cmd.exe")).hasContent("MZcmd");
        assertThat(folder.resolve("files")).isDirectoryNotContaining("glob:**/{Files,Hives,UtilityVM}");
    }

    @Test
    void aBaseWhoseBlobIsGoneIsNoLongerThere() throws Exception {
        TestImage image = windows();
        image.write(build.layout);
        List<Result> base = List.of(build.run(base()));
        assertThat(build.executor.store().roots().has(base)).isTrue();

        Digest blob = image.blobDigests().get(1);
        Files.delete(build.executor.store().blobs().path(Descriptor.of("", blob, 0)));
        assertThat(build.executor.store().roots().has(base)).isFalse();
    }

    @Test
    void aLayerIsTheSameBlobWheneverItIsMade() throws Exception {
        windows().write(build.layout);
        build.put("f", "x");
        Vertex result = file(Optional.of(base()), Optional.of(local()), copy("/f", "/f"));
        Digest first = export(result, "first").manifest().layers().get(2).digest();
        TestBuild again = new TestBuild(folder.resolve("again"));
        others.add(again);
        windows().write(again.layout);
        again.system = "windows";
        again.put("f", "x");
        Files.setLastModifiedTime(again.context.resolve("f"), Files.getLastModifiedTime(build.context.resolve("f")));
        again.export(result, Output.ociLayout(folder.resolve("second")));
        OciLayout second = OciLayout.open(folder.resolve("second"));
        assertThat(Image.read(second.index().manifests().get(0), second)
                        .manifest()
                        .layers()
                        .get(2)
                        .digest())
                .isEqualTo(first);
    }
}
