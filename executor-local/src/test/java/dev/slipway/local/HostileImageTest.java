package dev.slipway.local;

import static dev.slipway.local.TestBuild.base;
import static dev.slipway.local.TestBuild.copy;
import static dev.slipway.local.TestBuild.file;
import static dev.slipway.local.TestBuild.local;
import static dev.slipway.local.TestBuild.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ExecutorException;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.Vertex;
import dev.slipway.oci.layer.EntryType;
import dev.slipway.oci.layer.LayerEntry;
import dev.slipway.oci.layer.LayerWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images and archives whose links lead to the machine's own files: nothing is read there and nothing is written. */
class HostileImageTest {

    @TempDir
    Path folder;

    private TestBuild build;
    private Path outside;

    @BeforeEach
    void open() throws IOException {
        build = new TestBuild(folder);
        outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("file"), "SECRET");
    }

    @AfterEach
    void nothingOutsideHasChanged() throws IOException {
        build.close();
        assertThat(Files.list(outside)).containsExactly(outside.resolve("file"));
        assertThat(outside.resolve("file")).hasContent("SECRET");
    }

    @Test
    @Tag("end-to-end")
    void aLayerThatWritesThroughALinkStaysInItsRoot() throws Exception {
        TestImage.busybox()
                .add(LayerEntry.symlink("escape", outside.toString()))
                .file("escape/planted", "x")
                .layer()
                .add(LayerEntry.symlink("up", "../../../../../../../.." + outside))
                .layer()
                .file("up/planted", "x")
                .write(build.layout);
        Vertex listed =
                shell(base(), "ls -la / /escape /up > /list 2>&1; cat /escape/file /up/file > /found 2>&1; true");

        assertThat(build.list(listed).toString()).doesNotContain("SECRET");
    }

    @Test
    @Tag("end-to-end")
    void aDeviceOfTheMachineInAnImageCannotBeOpened() throws Exception {
        TestImage.busybox()
                .add(LayerEntry.device("memory", EntryType.CHARACTER_DEVICE, 0666, 1, 1))
                .add(LayerEntry.device("zero", EntryType.CHARACTER_DEVICE, 0666, 1, 5))
                .write(build.layout);
        String read = "cat /memory /zero 2>&1 | cat > /said";

        assertThat(build.list(shell(base(), read)))
                .contains(
                        "said 644 cat: can't open '/memory': Permission denied|cat: can't open '/zero': Permission denied|");
    }

    @Test
    @Tag("end-to-end")
    void aHarmlessDeviceInAnImageCanBeOpened() throws Exception {
        TestImage.busybox()
                .add(LayerEntry.device("nothing", EntryType.CHARACTER_DEVICE, 0666, 1, 3))
                .write(build.layout);

        assertThat(build.list(shell(base(), "cat /nothing > /said && ls / > /nothing && ls /nothing > /said")))
                .contains("said 644 /nothing|");
    }

    @Test
    void aHardLinkToNothingIsRefused() throws Exception {
        new TestImage()
                .layer()
                .add(LayerEntry.hardLink(
                        "stolen", outside.resolve("file").toString().substring(1)))
                .write(build.layout);

        assertThatThrownBy(() -> build.list(base())).hasMessageContaining("the hard link stolen leads to");
    }

    @Test
    void aCopyFromALinkOfAnImageReadsTheImage() throws Exception {
        new TestImage()
                .layer()
                .add(LayerEntry.symlink("absolute", outside.toString()))
                .add(LayerEntry.symlink("relative", "../../../../../../../.." + outside))
                .add(LayerEntry.symlink("loop", "loop"))
                .write(build.layout);
        for (String source :
                new String[] {"/absolute/file", "/relative/file", "/absolute/../file", "/../../relative/*"}) {
            Vertex copied = file(Optional.empty(), Optional.of(base()), copy(source, "/"));
            assertThatThrownBy(() -> build.list(copied)).isInstanceOf(ExecutorException.class);
        }
        Vertex loop = file(Optional.empty(), Optional.of(base()), copy("/loop/x", "/"));
        assertThatThrownBy(() -> build.list(loop)).hasMessageContaining("too many links");
    }

    @Test
    void aCopyThroughALinkOfAnImageWritesIntoTheImage() throws Exception {
        new TestImage()
                .layer()
                .add(LayerEntry.symlink("out", outside.toString()))
                .write(build.layout);
        build.put("planted", "x");
        Vertex copied = file(Optional.of(base()), Optional.of(local()), copy("/planted", "/out/"));

        assertThat(build.list(copied)).contains(outside.toString().substring(1) + "/planted 644 x");
    }

    @Test
    void linksOfAContextLeadNowhereElse() throws Exception {
        Files.createDirectories(build.context);
        Files.createSymbolicLink(build.context.resolve("file"), outside.resolve("file"));
        Files.createSymbolicLink(build.context.resolve("folder"), outside);
        Files.createSymbolicLink(build.context.resolve("loop"), Path.of("loop/.."));
        for (String source : new String[] {"/file", "/folder/file", "/loop/x"}) {
            Vertex copied = file(Optional.empty(), Optional.of(local()), copy(source, "/"));
            assertThatThrownBy(() -> build.list(copied)).isInstanceOf(ExecutorException.class);
        }
        Vertex all = file(Optional.empty(), Optional.of(local()), copy("/", "/"));
        assertThat(build.list(all))
                .contains("file -> " + outside.resolve("file"))
                .allMatch(line -> line.contains("->"));
    }

    @Test
    void anArchiveIsUnpackedInsideItsFolder() throws Exception {
        new TestImage().layer().folder("target", 0755).write(build.layout);
        Files.createDirectories(build.context);
        Files.write(build.context.resolve("evil.tar"), archive());
        FileAction.Copy add = unpacking("/evil.tar", "/target/");
        Vertex added = file(Optional.of(base()), Optional.of(local()), add);

        assertThat(build.list(added))
                .contains("target/absolute 644 x")
                .anyMatch(line -> line.endsWith("/outside/planted 644 x") && line.startsWith("target/"));
    }

    private static FileAction.Copy unpacking(String source, String destination) {
        TestCopy copy = new TestCopy(source, destination);
        copy.attemptUnpack = true;
        return copy.build();
    }

    private byte[] archive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (LayerWriter tar = new LayerWriter(bytes)) {
            byte[] content = "x".getBytes(StandardCharsets.UTF_8);
            tar.write(LayerEntry.symlink("escape", outside.toString()));
            for (String path : new String[] {"absolute", "escape/planted"}) {
                tar.write(LayerEntry.file(path, 0644, content.length), new ByteArrayInputStream(content));
            }
        }
        return bytes.toByteArray();
    }
}
