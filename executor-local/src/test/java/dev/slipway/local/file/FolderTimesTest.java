package dev.slipway.local.file;

import static dev.slipway.local.TestBuild.base;
import static dev.slipway.local.TestBuild.copy;
import static dev.slipway.local.TestBuild.file;
import static dev.slipway.local.TestBuild.local;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileAction.MakeDirectory;
import dev.slipway.llb.FileAction.MakeFile;
import dev.slipway.llb.FileAction.Remove;
import dev.slipway.llb.FileAction.Symlink;
import dev.slipway.llb.Vertex;
import dev.slipway.local.TestBuild;
import dev.slipway.local.TestCopy;
import dev.slipway.local.TestImage;
import dev.slipway.oci.layer.LayerWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens in a folder changes its time, and then it is in the layer with the folders above it, as in BuildKit. */
class FolderTimesTest {

    private static final Instant OLD = Instant.parse("2001-01-01T00:00:00Z");
    private static final Instant SOURCE = Instant.parse("2010-10-10T10:10:10Z");

    @TempDir
    Path folder;

    private TestBuild build;
    private Instant begin;

    @BeforeEach
    void open() throws IOException {
        begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        build = new TestBuild(folder);
        TestImage image = new TestImage().layer();
        for (String path : List.of("top", "top/d", "top/d/sub")) {
            image.add(FileEntry.directory(path, 0755).withModified(OLD));
        }
        image.file(FileEntry.file("top/d/f", 0644, 3).withModified(OLD), "old").write(build.layout);
        build.put("f", "new").put("src/sub/g", "new");
        for (String path : List.of("src/sub", "src")) {
            Files.setLastModifiedTime(build.context.resolve(path), FileTime.from(SOURCE));
        }
    }

    @AfterEach
    void close() {
        build.close();
    }

    @Test
    void whateverComesOrGoesGivesItsFolderANewTime() throws Exception {
        Optional<FileAction.Owner> root = Optional.empty();
        TestCopy add = new TestCopy("/f", "/top/d/");
        add.attemptUnpack = true;
        for (FileAction.Command change : List.of(
                copy("/f", "/top/d/"),
                copy("/f", "/top/d/g"),
                add.build(),
                new MakeDirectory("/top/d/new/one", 0755, true, root, FileAction.NO_TIMESTAMP),
                new MakeFile("/top/d/g", 0644, Bytes.utf8("x"), root, FileAction.NO_TIMESTAMP),
                new Symlink("f", "/top/d/l", root, FileAction.NO_TIMESTAMP),
                new Remove("/top/d/f", false, false))) {
            Vertex changed = onBase(change);

            assertThat(time(changed, "/top/d")).as(change.toString()).isAfterOrEqualTo(begin);
            assertThat(time(changed, "/top")).isEqualTo(OLD);
            assertThat(build.listLayer(changed)).startsWith("top/ 755", "top/d/ 755");
        }
    }

    @Test
    void whatStaysTheSameLeavesItsFolderAsItIs() throws Exception {
        Optional<FileAction.Owner> root = Optional.empty();
        for (FileAction.Command change : List.of(
                new MakeDirectory("/top/d/sub", 0700, true, root, FileAction.NO_TIMESTAMP),
                new Remove("/top/d/none", true, false))) {
            Vertex changed = onBase(change);

            assertThat(time(changed, "/top/d")).as(change.toString()).isEqualTo(OLD);
            assertThat(build.listLayer(changed)).isEmpty();
        }
        Vertex written = onBase(new MakeFile("/top/d/f", 0644, Bytes.utf8("x"), root, FileAction.NO_TIMESTAMP));
        assertThat(time(written, "/top/d")).as("a file that is written anew").isEqualTo(OLD);
        assertThat(build.listLayer(written)).containsExactly("top/ 755", "top/d/ 755", "top/d/f 644 x");
    }

    @Test
    void aFolderThatIsCopiedHasTheTimeOfItsSource() throws Exception {
        Vertex copied = onBase(copy("/src", "/top/d"));

        assertThat(time(copied, "/top/d")).isEqualTo(SOURCE);
        assertThat(time(copied, "/top/d/sub")).isEqualTo(SOURCE);
        assertThat(time(onBase(copy("/src", "/top/made")), "/top/made")).isEqualTo(SOURCE);
        assertThat(time(onBase(copy("/src", "/top/made"), copy("/f", "/top/made/")), "/top/made"))
                .as("after one more file")
                .isAfterOrEqualTo(begin);
    }

    @Test
    void aFolderOfAnArchiveHasTheTimeThatTheArchiveSays() throws Exception {
        try (OutputStream out = Files.newOutputStream(build.context.resolve("a.tar"));
                LayerWriter tar = new LayerWriter(out)) {
            tar.write(FileEntry.directory("sub", 0755).withModified(SOURCE));
            tar.write(FileEntry.file("sub/h", 0644, 0));
            tar.write(FileEntry.file("implied/h", 0644, 0));
        }
        TestCopy add = new TestCopy("/a.tar", "/top/d/");
        add.attemptUnpack = true;
        Vertex unpacked = onBase(add.build());

        assertThat(time(unpacked, "/top/d/sub")).isEqualTo(SOURCE);
        assertThat(time(unpacked, "/top/d/implied")).isAfterOrEqualTo(begin);
        assertThat(time(unpacked, "/top/d")).isAfterOrEqualTo(begin);
    }

    /** SOURCE_DATE_EPOCH gives WORKDIR a time. BuildKit gives it to the last folder alone, so that its layers are never the same. */
    @Test
    void theTimeOfAnActionIsTheTimeOfAllThatItChanges() throws Exception {
        long nanoseconds = SOURCE.getEpochSecond() * 1_000_000_000;
        Vertex made = onBase(new MakeDirectory("/top/d/a/b", 0755, true, Optional.empty(), nanoseconds));

        for (String path : List.of("/top/d", "/top/d/a", "/top/d/a/b")) {
            assertThat(time(made, path)).as(path).isEqualTo(SOURCE);
        }
    }

    private Instant time(Vertex vertex, String path) throws Exception {
        return build.node(vertex, path).attributes().modified();
    }

    private static Vertex onBase(FileAction.Command... commands) {
        return file(Optional.of(base()), Optional.of(local()), commands);
    }
}
