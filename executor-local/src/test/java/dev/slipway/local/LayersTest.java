package dev.slipway.local;

import static dev.slipway.local.TestBuild.base;
import static dev.slipway.local.TestBuild.copy;
import static dev.slipway.local.TestBuild.file;
import static dev.slipway.local.TestBuild.local;
import static dev.slipway.local.TestBuild.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Output;
import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Vertex;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What layers hold survives the way from an image through a step that runs and a file operation into the next image. */
@Tag("end-to-end")
class LayersTest {

    private static final Instant TIME = Instant.parse("2001-02-03T04:05:06.123456789Z");
    private static final Bytes CAPABILITY =
            Bytes.of(HexFormat.of().parseHex("0100000200040000000000000000000000000000"));

    @TempDir
    Path folder;

    private final List<TestBuild> others = new ArrayList<>();
    private TestBuild build;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(Files.exists(TestImage.BUSYBOX), "needs busybox-static");
        build = new TestBuild(folder);
    }

    @AfterEach
    void close() {
        others.forEach(TestBuild::close);
        build.close();
    }

    @Test
    void everyKindOfFileIsSeenByAStepAndKept() throws Exception {
        TestImage.busybox()
                .layer()
                .folder("d", 0755)
                .add(FileEntry.fifo("d/fifo", 0640))
                .add(FileEntry.device("d/null", EntryType.CHARACTER_DEVICE, 0666, 1, 3))
                .add(FileEntry.device("d/disk", EntryType.BLOCK_DEVICE, 0660, 7, 200))
                .file("d/file", "x")
                .add(FileEntry.hardLink("d/same", "d/file").withMode(0644))
                .add(FileEntry.symlink("d/link", "file").withOwner(5, 6))
                .write(build.layout);
        Vertex run = shell(base(), "ls -l /d | while read m n o g s r; do echo $m $n; done > /seen && touch /d");
        List<String> expected = List.of(
                "d/ 755",
                "d/disk 660 BLOCK_DEVICE 7:200",
                "d/fifo 640 FIFO 0:0",
                "d/file 644 x",
                "d/link 5:6 -> file",
                "d/null 666 CHARACTER_DEVICE 1:3",
                "d/same = d/file");

        assertThat(build.list(run)).containsAll(expected);
        assertThat(build.list(run))
                .contains(
                        "seen 644 total 8|brw-rw---- 1|prw-r----- 1|-rw-r--r-- 2|lrwxrwxrwx 1|crw-rw-rw- 1|-rw-r--r-- 2|");
        assertThat(exported(run).list(base())).containsAll(expected);
    }

    @Test
    void whatAStepMakesIsKept() throws Exception {
        TestImage.busybox()
                .add(FileEntry.symlink("bin/busybox-mknod", "busybox"))
                .write(build.layout);
        Vertex run = shell(
                base(),
                "mkdir /d && cd /d && busybox mknod null c 1 3 && busybox mkfifo fifo && echo x > file"
                        + " && ln file same && chown 5:6 fifo && chmod 4711 file");
        List<String> expected = List.of(
                "d/ 755",
                "d/fifo 644 5:6 FIFO 0:0",
                "d/file 4711 x|",
                "d/null 644 CHARACTER_DEVICE 1:3",
                "d/same = d/file");

        assertThat(build.listLayer(run)).containsAll(expected);
        assertThat(exported(run).list(base())).containsAll(expected);
    }

    @Test
    void whatAStepChangesIsInTheLayerWithTheFoldersAboveIt() throws Exception {
        TestImage.busybox()
                .folder("a", 0755)
                .add(FileEntry.directory("a/b", 0750).withModified(TIME).withOwner(5, 6))
                .file("a/b/f", "1")
                .write(build.layout);
        Vertex made = shell(base(), "touch /a/b/new");

        assertThat(build.listLayer(made)).containsExactly("a/ 755", "a/b/ 750 5:6", "a/b/new 644 ");
        assertThat(build.node(made, "/a").attributes().modified()).isEqualTo(Instant.EPOCH);
        assertThat(build.listLayer(shell(base(), "rm /a/b/f"))).containsExactly("a/ 755", "a/b/ 750 5:6", "a/b/f gone");
        assertThat(build.listLayer(shell(base(), "touch /a/b")))
                .as("a time alone")
                .isEmpty();
    }

    @Test
    void attributesAndTimesAreExact() throws Exception {
        TestImage.busybox()
                .layer()
                .folder("d", 0755)
                .add(FileEntry.file("d/program", 0755, 0).withXattrs(Map.of("security.capability", CAPABILITY)))
                .write(build.layout);
        build.put("file", "x");
        Files.setLastModifiedTime(build.context.resolve("file"), FileTime.from(TIME));
        Vertex copied = file(Optional.of(base()), Optional.of(local()), copy("/file", "/d/file"));
        // Overlayfs copies up what is moved.
        Vertex moved = shell(copied, "busybox mv /d/program /program && busybox mv /d/file /file");
        Vertex copiedAgain = file(Optional.of(moved), Optional.of(moved), copy("/program", "/copy"));

        assertThat(build.node(moved, "/file").attributes().modified()).isEqualTo(TIME);
        assertThat(build.node(copiedAgain, "/copy").attributes().xattrs())
                .containsEntry("security.capability", CAPABILITY);
        Node exported = exported(copiedAgain).node(base(), "/program");
        assertThat(exported.attributes().xattrs()).containsEntry("security.capability", CAPABILITY);
    }

    @Test
    void whatALayerTakesAwayIsGoneForStepsAndCopies() throws Exception {
        TestImage.busybox()
                .folder("d", 0755)
                .file("d/gone", "1")
                .file("d/kept", "2")
                .folder("o", 0755)
                .file("o/gone", "3")
                .layer()
                .folder("d", 0755)
                .add(FileEntry.whiteout("d/gone"))
                .folder("o", 0755)
                .add(FileEntry.opaque("o"))
                .file("o/new", "4")
                .write(build.layout);
        Vertex run = shell(base(), "ls /d /o > /seen; rm -r /o && mkdir /o && echo 5 > /o/newer");

        assertThat(build.list(run))
                .contains("d/kept 644 2", "o/ 755", "o/newer 644 5|", "seen 644 /d:|kept||/o:|new|")
                .doesNotContain("d/gone 644 1", "o/gone 644 3", "o/new 644 4");
        assertThat(exported(run).list(base())).contains("o/newer 644 5|").doesNotContain("o/new 644 4", "o/gone 644 3");
        assertThat(build.list(file(Optional.empty(), Optional.of(run), copy("/o", "/"))))
                .containsExactly("newer 644 5|");
    }

    @Test
    void namesBeyondAsciiAreTheSameBytesEverywhere() throws Exception {
        TestImage.busybox().file("etc/\u00fc\u4e2d\ud83d\ude00", "1").write(build.layout);
        // The two bytes are no UTF-8.
        Vertex run = shell(
                base(),
                "cat /etc/\u00fc\u4e2d\ud83d\ude00 > /\u00e9 && busybox printf 2 > \"/$(busybox printf 'a\\377\\376')\"");

        for (Made each : List.of(new Made(build, run), new Made(exported(run), base()))) {
            assertThat(each.build.list(each.vertex))
                    .contains("\u00e9 644 1", "etc/\u00fc\u4e2d\ud83d\ude00 644 1", "a\uDCFF\uDCFE 644 2");
            Vertex read = shell(each.vertex, "cat \"/$(busybox printf 'a\\377\\376')\" > /seen");
            assertThat(each.build.list(read)).contains("seen 644 2");
        }
    }

    @Test
    void aFileOfMoreThan8GigabytesIsKept() throws Exception {
        TestImage.busybox().write(build.layout);
        Vertex run = shell(base(), "busybox truncate -s 9G /large && echo end >> /large");

        assertThat(((RegularFile) build.node(run, "/large")).content().size()).isEqualTo((9L << 30) + 4);
        assertThat(build.list(shell(run, "busybox tail -c 4 /large > /end"))).contains("end 644 end|");
    }

    @Test
    void anImageMayHaveAsManyLayersAsOverlayfsTakes() throws Exception {
        TestImage image = TestImage.busybox();
        for (int layer = 2; layer <= 499; layer++) {
            image.layer().file("f" + layer, "" + layer);
        }
        image.write(build.layout);
        Vertex run = shell(base(), "ls / | busybox grep -c ^f > /count");

        assertThat(build.listLayer(run)).contains("count 644 498|");
        Vertex more = shell(shell(run, "echo 501 > /f501"), "true");
        assertThatThrownBy(() -> build.run(more))
                .isInstanceOf(ExecutorException.class)
                .hasMessageStartingWith("a root of 501 layers cannot be mounted: overlayfs takes 500; ");
    }

    @Test
    void aBaseImageIsUnpackedWhenAStepNeedsIt() throws Exception {
        TestImage.busybox().write(build.layout);
        build.put("f", "1");
        Vertex copied = file(Optional.of(base()), Optional.of(local()), copy("/f", "/"));
        build.run(copied);
        assertThat(trees()).isEmpty();
        build.run(shell(copied, "cat /f"));
        assertThat(trees()).isNotEmpty();
    }

    private List<Path> trees() throws IOException {
        try (var files = Files.walk(folder.resolve("home"))) {
            return files.filter(file -> file.endsWith("bin/busybox")).toList();
        }
    }

    /** A result of a build. */
    private record Made(TestBuild build, Vertex vertex) {}

    /** A build whose base is the image that a result was written to. */
    private TestBuild exported(Vertex vertex) throws IOException, InterruptedException {
        TestBuild other = new TestBuild(folder.resolve("other"));
        others.add(other);
        build.export(vertex, Output.ociLayout(other.layout));
        return other;
    }
}
