package dev.slipway.local.image;

import static dev.slipway.local.TestBuild.base;
import static dev.slipway.local.TestBuild.copy;
import static dev.slipway.local.TestBuild.file;
import static dev.slipway.local.TestBuild.local;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.Output;
import dev.slipway.executor.Result;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import dev.slipway.local.TestBuild;
import dev.slipway.local.TestImage;
import dev.slipway.oci.ImageSelector;
import dev.slipway.oci.layer.LayerLimits;
import dev.slipway.oci.layer.LayerReader;
import dev.slipway.oci.layout.OciLayout;
import dev.slipway.oci.output.ImageSet;
import dev.slipway.oci.output.Outputs;
import dev.slipway.oci.posix.Posix;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What files are like that are exported without an image around them. */
class ExportedFilesTest {

    private static final Instant TIME = Instant.parse("2001-02-03T04:05:06Z");

    @TempDir
    Path folder;

    private TestBuild build;

    @BeforeEach
    void open() throws IOException {
        build = new TestBuild(folder);
        build.put("src/d/f", "new");
        Files.createLink(build.context.resolve("src/d/g"), build.context.resolve("src/d/f"));
    }

    @AfterEach
    void close() {
        build.close();
    }

    @Test
    void platformsHaveFilesOfTheirOwn() throws Exception {
        Path out = folder.resolve("out");
        exportForTwo(build.run(copied()), Output.localDirectory(out));

        Files.writeString(out.resolve("linux_amd64/d/f"), "changed");
        assertThat(out.resolve("linux_amd64/d/g")).as("one more name of it").hasContent("changed");
        assertThat(out.resolve("linux_arm64/d/f")).hasContent("new");
        assertThat(inode(out.resolve("linux_arm64/d/f"))).isEqualTo(inode(out.resolve("linux_arm64/d/g")));
    }

    @Test
    void noLinkOfAnArchiveLeadsToAnotherPlatform() throws Exception {
        Path out = folder.resolve("out.tar");
        exportForTwo(build.run(copied()), tar(out));

        Map<String, FileEntry> entries = entries(out);
        for (String platform : new String[] {"linux_amd64", "linux_arm64"}) {
            assertThat(entries.get(platform + "/d/f").type()).isEqualTo(EntryType.FILE);
            assertThat(entries.get(platform + "/d/g").linkTarget()).isEqualTo(platform + "/d/f");
        }
    }

    @Test
    void aFolderThatIsThereBecomesLikeTheNewOne() throws Exception {
        Path out = folder.resolve("out");
        Path there = Files.createDirectories(out.resolve("d"));
        Files.writeString(there.resolve("kept"), "kept");
        Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("r-x------"));
        Path context = build.context.resolve("src/d");
        Posix.get().setXattr(context, "user.k", new byte[] {1});
        Files.setPosixFilePermissions(context, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setLastModifiedTime(context, FileTime.from(TIME));

        build.export(copied(), Output.localDirectory(out));

        assertThat(Files.getAttribute(there, "unix:mode")).isEqualTo(0040777);
        assertThat(Files.getLastModifiedTime(there).toInstant()).isEqualTo(TIME);
        assertThat(Posix.get().xattrs(there)).contains("user.k");
        assertThat(there.resolve("f")).hasContent("new");
        assertThat(there.resolve("kept")).hasContent("kept");
    }

    @Test
    void aFolderThatMayNotBeWrittenToIsFilledAndThenClosed() throws Exception {
        Path out = folder.resolve("out");
        Files.createDirectories(out.resolve("d"));
        Files.setPosixFilePermissions(build.context.resolve("src/d"), PosixFilePermissions.fromString("r-xr-xr-x"));

        build.export(copied(), Output.localDirectory(out));
        build.export(copied(), Output.localDirectory(out));

        assertThat(out.resolve("d/f")).hasContent("new");
        assertThat(Files.getPosixFilePermissions(out.resolve("d")))
                .isEqualTo(PosixFilePermissions.fromString("r-xr-xr-x"));
        Files.setPosixFilePermissions(build.context.resolve("src/d"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(out.resolve("d"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void whatHasAnotherKindMakesWay() throws Exception {
        Path out = folder.resolve("out");
        Files.createDirectories(out.resolve("d/f/below"));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.createSymbolicLink(out.resolve("link"), elsewhere);
        build.put("src/link/f", "new");

        build.export(copied(), Output.localDirectory(out));

        assertThat(out.resolve("d/f")).hasContent("new");
        assertThat(out.resolve("link/f")).hasContent("new");
        assertThat(Files.isSymbolicLink(out.resolve("link"))).isFalse();
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void extendedAttributesOfABaseImageAreKept() throws Exception {
        Map<String, Bytes> xattrs = Map.of("user.k", Bytes.utf8("v"), "trusted.t", Bytes.utf8("w"));
        new TestImage()
                .layer()
                .file(FileEntry.file("f", 0644, 1).withXattrs(xattrs), "x")
                .write(build.layout);

        build.export(base(), tar(folder.resolve("out.tar")));
        build.export(base(), Output.localDirectory(folder.resolve("out")));

        assertThat(entries(folder.resolve("out.tar")).get("f").xattrs())
                .containsExactlyEntriesOf(new TreeMap<>(xattrs));
        assertThat(Posix.get().xattr(folder.resolve("out/f"), "user.k")).hasValue(new byte[] {'v'});
    }

    @Test
    void layersHaveCapabilitiesAlone() throws Exception {
        Posix.get().setXattr(build.context.resolve("src/d/f"), "user.k", new byte[] {1});
        Output layout = Output.ociLayout(folder.resolve("image"));
        build.export(copied(), layout);

        OciLayout image = OciLayout.open(folder.resolve("image"));
        try (InputStream blob = new ImageSelector(image)
                        .select(image.index().manifests().get(0), Platform.host())
                        .openLayer(0);
                LayerReader layer = LayerReader.ofLayer(blob, LayerLimits.DEFAULT)) {
            assertThat(layer.next().orElseThrow().path()).isEqualTo("d");
            assertThat(layer.next().orElseThrow().xattrs()).isEmpty();
        }
    }

    private void exportForTwo(Result result, Output output) throws Exception {
        Bytes config = Bytes.utf8("{}");
        List<BuiltImage> images = new ArrayList<>();
        for (String platform : List.of("linux/amd64", "linux/arm64")) {
            images.add(build.work.image(
                    result, new ImageSpec(Platform.parse(platform), config, Optional.empty(), Optional.empty())));
        }
        Outputs.write(List.of(output), new ImageSet(images, true), TestBuild.NO_REGISTRIES, StepMonitor.NONE);
    }

    private static Output tar(Path file) {
        return Output.tarArchive(file);
    }

    private static Vertex copied() {
        return file(Optional.empty(), Optional.of(local()), copy("/src", "/"));
    }

    private static Object inode(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }

    private static Map<String, FileEntry> entries(Path archive) throws IOException {
        Map<String, FileEntry> entries = new TreeMap<>();
        try (LayerReader reader = LayerReader.ofArchive(Files.newInputStream(archive), LayerLimits.DEFAULT)) {
            for (Optional<FileEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                entries.put(entry.get().path(), entry.get());
            }
        }
        return entries;
    }
}
