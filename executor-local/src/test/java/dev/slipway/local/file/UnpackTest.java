package dev.slipway.local.file;

import static dev.slipway.local.TestBuild.base;
import static dev.slipway.local.TestBuild.file;
import static dev.slipway.local.TestBuild.local;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Vertex;
import dev.slipway.local.TestBuild;
import dev.slipway.local.TestCopy;
import dev.slipway.local.TestImage;
import dev.slipway.oci.layer.LayerWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ADD does with archives. */
@Tag("end-to-end")
class UnpackTest {

    @TempDir
    Path folder;

    private TestBuild build;

    @BeforeEach
    void open() throws Exception {
        build = new TestBuild(folder);
        Files.createDirectories(folder.resolve("files/d"));
        Files.writeString(folder.resolve("files/d/f"), "1");
        Files.createLink(folder.resolve("files/d/g"), folder.resolve("files/d/f"));
        Files.createSymbolicLink(folder.resolve("files/l"), Path.of("d/f"));
        tar("archive");
    }

    @AfterEach
    void close() {
        build.close();
    }

    @Test
    void aTarArchiveIsUnpacked() throws Exception {
        assertThat(build.list(unpacked("/archive", "/to")))
                .containsExactly("to/ 755", "to/d/ 755", "to/d/f 644 1", "to/d/g = to/d/f", "to/l -> d/f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "bzip2", "xz", "zstd"})
    void aCompressedArchiveIsUnpackedWhateverItsName(String program) throws Exception {
        Path archive = build.context.resolve("archive");
        Path compressed = build.context.resolve("picture.jpg");
        Process process = new ProcessBuilder(program, "-c", archive.toString())
                .redirectOutput(compressed.toFile())
                .start();
        assertThat(process.waitFor()).isZero();

        assertThat(build.list(unpacked("/picture.jpg", "/to"))).contains("to/d/f 644 1", "to/l -> d/f");
    }

    @Test
    void whatIsNoArchiveIsCopied() throws Exception {
        build.put("a.tar", "no archive").put("b.tar.gz", "\u001f\u008b\b no gzip");

        assertThat(build.list(unpacked("/a.tar", "/"))).containsExactly("a.tar 644 no archive");
        assertThat(build.list(unpacked("/b.tar.gz", "/")))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("b.tar.gz 644 ");
    }

    @Test
    void aDamagedArchiveIsNamed() throws Exception {
        Path archive = build.context.resolve("archive");
        Files.write(archive, Arrays.copyOf(Files.readAllBytes(archive), 1024));

        assertThatThrownBy(() -> build.list(unpacked("/archive", "/to")))
                .isInstanceOf(ExecutorException.class)
                .hasMessageStartingWith("cannot unpack /archive: ");
    }

    @Test
    void ownersAreTheArchivesUnlessOthersAreGiven() throws Exception {
        tar("owned", "--owner=5", "--group=6");

        assertThat(build.list(unpacked("/owned", "/"))).contains("d/f 644 5:6 1");
    }

    @Test
    void foldersAreMergedAndFilesReplaced() throws Exception {
        new TestImage()
                .layer()
                .folder("d", 0700)
                .file("d/f", "old")
                .file("d/kept", "kept")
                .folder("l", 0755)
                .write(build.layout);
        Vertex onBase = file(
                Optional.of(base()), Optional.of(local()), copy("/archive", "/").build());

        assertThat(build.list(onBase))
                .containsExactly("d/ 755", "d/f 644 1", "d/g = d/f", "d/kept 644 kept", "l -> d/f");
    }

    @Test
    void linksThatLeadOutsideStayInTheRoot() throws Exception {
        new TestImage()
                .layer()
                .add(FileEntry.symlink("d", "../../../../outside"))
                .write(build.layout);
        Vertex onBase = file(
                Optional.of(base()), Optional.of(local()), copy("/archive", "/").build());

        assertThat(build.list(onBase)).contains("d/ 755", "d/f 644 1");
        assertThat(folder.resolve("outside")).doesNotExist();
    }

    @Test
    void extendedAttributesAreKept() throws Exception {
        Bytes value = Bytes.utf8("v");
        try (OutputStream out = Files.newOutputStream(build.context.resolve("archive"));
                LayerWriter tar = new LayerWriter(out)) {
            tar.write(FileEntry.directory("d", 0755).withXattrs(Map.of("user.k", value)));
            tar.write(FileEntry.file("d/f", 0644, 0).withXattrs(Map.of("user.k", value, "trusted.t", value)));
            tar.write(FileEntry.hardLink("d/g", "d/f").withMode(0644));
            tar.write(FileEntry.symlink("l", "d").withXattrs(Map.of("user.k", value, "trusted.t", value)));
        }
        Vertex unpacked = unpacked("/archive", "/");
        Vertex copied = file(Optional.empty(), Optional.of(unpacked), TestBuild.copy("/", "/"));

        for (Vertex each : List.of(unpacked, copied)) {
            assertThat(build.node(each, "/d").attributes().xattrs()).containsOnlyKeys("user.k");
            assertThat(build.node(each, "/d/g").attributes().xattrs()).containsOnlyKeys("trusted.t", "user.k");
            assertThat(build.node(each, "/l").attributes().xattrs())
                    .as("Linux gives users' attributes to files and folders alone")
                    .containsOnlyKeys("trusted.t");
        }
    }

    private static TestCopy copy(String source, String destination) {
        TestCopy copy = new TestCopy(source, destination);
        copy.attemptUnpack = true;
        return copy;
    }

    private static Vertex unpacked(String source, String destination) {
        return file(
                Optional.empty(),
                Optional.of(local()),
                copy(source, destination).build());
    }

    private void tar(String name, String... options) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("tar", "--numeric-owner", "--owner=0", "--group=0");
        builder.command().addAll(Arrays.asList(options));
        builder.command().addAll(java.util.List.of("-C", folder.resolve("files").toString()));
        builder.command()
                .addAll(java.util.List.of("-cf", build.context.resolve(name).toString(), "d", "l"));
        assertThat(builder.inheritIO().start().waitFor()).isZero();
    }
}
