package dev.slipway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.progress.Progress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contexts that are not on a disk: in a zip or jar file, in memory. */
@Tag("end-to-end")
class ContextFileSystemsTest {

    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images",
                    Path.of(System.getProperty("slipway.root", ".."), "target/images")
                            .toString()))
            .resolve("alpine");

    private static final String DOCKERFILE = "FROM scratch\nCOPY . /\n";

    @TempDir
    private Path folder;

    private Slipway slipway;

    @BeforeEach
    void open() {
        slipway = Slipway.open(folder.resolve("home"));
    }

    @AfterEach
    void close() {
        slipway.close();
    }

    @Test
    void aZipFileIsAContext() throws Exception {
        try (FileSystem zip = zip("context.zip", Map.of())) {
            Files.writeString(zip.getPath("/Dockerfile"), DOCKERFILE);
            Files.writeString(zip.getPath("/.dockerignore"), "left-out\n");
            Files.writeString(zip.getPath("/left-out"), "x");
            Files.createDirectories(zip.getPath("/a/b"));
            Files.writeString(zip.getPath("/a/b/ünïcode"), "deep");
        }
        // As a file on the disk, and as others open one.
        try (FileSystem zip = zip("context.zip", Map.of())) {
            build(zip.getPath("/"));
        }
        assertThat(folder.resolve("files/a/b/ünïcode")).hasContent("deep");
        assertThat(folder.resolve("files/left-out")).doesNotExist();
    }

    @Test
    void aFolderOfAZipFileIsAContext() throws Exception {
        try (FileSystem zip = zip("context.jar", Map.of())) {
            Files.createDirectories(zip.getPath("/META-INF/image"));
            Files.writeString(zip.getPath("/META-INF/image/Dockerfile"), DOCKERFILE);
            build(zip.getPath("META-INF", "image"));
        }
        assertThat(folder.resolve("files/Dockerfile")).hasContent(DOCKERFILE.strip());
    }

    @Test
    void permissionsThatAZipFileKeepsAreTheImages() throws Exception {
        try (FileSystem zip = zip("context.zip", Map.of("enablePosixFileAttributes", "true"))) {
            Files.writeString(zip.getPath("/Dockerfile"), DOCKERFILE);
            Path tool = Files.writeString(zip.getPath("/tool"), "x");
            Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-x---"));
            build(zip.getPath("/"));
        }
        assertThat(Files.getPosixFilePermissions(folder.resolve("files/tool")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
    }

    @Test
    void filesOfTwoFileSystemsThatLookAlikeAreToldApart() throws Exception {
        for (String text : new String[] {"one", "two"}) {
            try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
                Path context = Files.createDirectory(memory.getPath("/context"));
                Files.writeString(context.resolve("Dockerfile"), DOCKERFILE);
                Path file = Files.writeString(context.resolve("file"), text);
                Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
                build(context);
            }
            assertThat(folder.resolve("files/file")).hasContent(text);
        }
    }

    @Test
    void aContextInMemoryTakesFoldersAndImagesOfTheDisk() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("from-disk"), "x");
        try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
            Path context = Files.createDirectory(memory.getPath("/context"));
            Files.writeString(
                    context.resolve("Dockerfile"), "FROM base\nCOPY --from=other from-disk /\nCOPY Dockerfile /\n");
            build(BuildRequest.of(context).buildContext("base", ALPINE).buildContext("other", other));
        }
        assertThat(folder.resolve("files/from-disk")).hasContent("x");
        assertThat(folder.resolve("files/bin/busybox")).isRegularFile();
    }

    @Test
    void whatAFileSystemThrowsIsTheCauseOfTheFailure() throws Exception {
        FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
        Path context = Files.createDirectory(memory.getPath("/context"));
        Files.writeString(context.resolve("Dockerfile"), DOCKERFILE);
        BuildRequest named = BuildRequest.of(context).dockerfileText(DOCKERFILE);
        memory.close();
        assertThatThrownBy(() -> build(BuildRequest.of(context)))
                .isInstanceOf(BuildException.class)
                .hasMessageStartingWith("cannot read the context /context")
                .hasCauseInstanceOf(ClosedFileSystemException.class);
        assertThatThrownBy(() -> build(named))
                .isInstanceOf(BuildException.class)
                .hasCauseInstanceOf(ClosedFileSystemException.class);
    }

    private void build(Path context) throws InterruptedException {
        build(BuildRequest.of(context));
    }

    private void build(BuildRequest request) throws InterruptedException {
        slipway.build(
                request.platforms("linux/amd64").output(Output.localDirectory(folder.resolve("files"))),
                Progress.none());
    }

    private FileSystem zip(String name, Map<String, String> options) throws IOException {
        Path file = folder.resolve(name);
        if (Files.notExists(file)) {
            // The end of an archive with nothing in it.
            byte[] empty = new byte[22];
            System.arraycopy("PK\5\6".getBytes(UTF_8), 0, empty, 0, 4);
            Files.write(file, empty);
        }
        return FileSystems.newFileSystem(URI.create("jar:" + file.toUri()), options);
    }
}
