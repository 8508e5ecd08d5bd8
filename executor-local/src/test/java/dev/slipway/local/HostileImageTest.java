package dev.slipway.local;

import static dev.slipway.local.TestBuild.base;
import static dev.slipway.local.TestBuild.copy;
import static dev.slipway.local.TestBuild.file;
import static dev.slipway.local.TestBuild.local;
import static dev.slipway.local.TestBuild.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.Mount;
import dev.slipway.llb.ProcessMeta;
import dev.slipway.llb.Vertex;
import dev.slipway.oci.layer.LayerWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
                .add(FileEntry.symlink("escape", outside.toString()))
                .file("escape/planted", "x")
                .layer()
                .add(FileEntry.symlink("up", "../../../../../../../.." + outside))
                .layer()
                .file("up/planted", "x")
                .write(build.layout);
        Vertex listed =
                shell(base(), "ls -la / /escape /up > /list 2>&1; cat /escape/file /up/file > /found 2>&1; true");

        assertThat(build.list(listed).toString()).doesNotContain("SECRET");
    }

    /** GHSA-w26x-xg27-7qjc: what was meant for a link came to be on the file that the link leads to. */
    @Test
    @Tag("end-to-end")
    void attributesOfALinkAreNotThoseOfWhatItLeadsTo() throws Exception {
        Map<String, Bytes> attributes = Map.of(
                "user.planted",
                Bytes.utf8("x"),
                "trusted.planted",
                Bytes.utf8("x"),
                "security.capability",
                Bytes.utf8("x"));
        TestImage.busybox()
                .add(FileEntry.symlink("link", outside.resolve("file").toString())
                        .withXattrs(attributes))
                .add(FileEntry.symlink("folder", outside.toString()).withXattrs(attributes))
                .write(build.layout);
        try {
            build.run(shell(base(), "ls /link"));
        } catch (ExecutorException e) {
            // There is no need that a link can have all of these.
        }
        for (Path path : List.of(outside, outside.resolve("file"))) {
            assertThat(Files.getFileAttributeView(path, UserDefinedFileAttributeView.class)
                            .list())
                    .isEmpty();
        }
    }

    /** CVE-2026-57231: a variable without a value was looked up in the environment of whoever builds. */
    @Test
    @Tag("end-to-end")
    void aVariableWithoutAValueIsNotTakenFromTheMachine() throws Exception {
        TestImage.busybox().add(FileEntry.symlink("bin/env", "busybox")).write(build.layout);
        List<String> environment = new ArrayList<>(List.of("PATH=/bin", "*", "P*", "=x", "", "A*=*"));
        environment.addAll(System.getenv().keySet());
        ProcessMeta meta = new ProcessMeta(
                List.of("/bin/sh", "-c", "env > /found"),
                environment,
                "/",
                "",
                Optional.empty(),
                List.of(),
                "",
                List.of(),
                "",
                true,
                List.of());
        Mount root = Mount.of(0, "", "/", 0, false, new Mount.Bind());
        ExecOp step = new ExecOp(
                meta, List.of(root), ExecOp.NetworkMode.UNSET, ExecOp.SecurityMode.SANDBOX, List.of(), List.of());
        Vertex ran = TestBuild.vertex(step, List.of(base()));
        List<String> found = new String(
                        build.work.readFile(build.run(ran), "/found", 1 << 20).orElseThrow(), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();
        assertThat(found).contains("PATH").isSubsetOf("PATH", "HOME", "HOSTNAME", "PWD", "SHLVL", "_", "OLDPWD");
        assertThat(System.getenv()).hasSizeGreaterThan(2);
    }

    @Test
    @Tag("end-to-end")
    void aDeviceOfTheMachineInAnImageCannotBeOpened() throws Exception {
        TestImage.busybox()
                .add(FileEntry.device("memory", EntryType.CHARACTER_DEVICE, 0666, 1, 1))
                .add(FileEntry.device("zero", EntryType.CHARACTER_DEVICE, 0666, 1, 5))
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
                .add(FileEntry.device("nothing", EntryType.CHARACTER_DEVICE, 0666, 1, 3))
                .write(build.layout);

        assertThat(build.list(shell(base(), "cat /nothing > /said && ls / > /nothing && ls /nothing > /said")))
                .contains("said 644 /nothing|");
    }

    @Test
    void aHardLinkToNothingIsRefused() throws Exception {
        new TestImage()
                .layer()
                .add(FileEntry.hardLink(
                        "stolen", outside.resolve("file").toString().substring(1)))
                .write(build.layout);

        assertThatThrownBy(() -> build.list(base())).hasMessageContaining("the hard link stolen leads to");
    }

    @Test
    void aCopyFromALinkOfAnImageReadsTheImage() throws Exception {
        new TestImage()
                .layer()
                .add(FileEntry.symlink("absolute", outside.toString()))
                .add(FileEntry.symlink("relative", "../../../../../../../.." + outside))
                .add(FileEntry.symlink("loop", "loop"))
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
                .add(FileEntry.symlink("out", outside.toString()))
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
            tar.write(FileEntry.symlink("escape", outside.toString()));
            for (String path : new String[] {"absolute", "escape/planted"}) {
                tar.write(FileEntry.file(path, 0644, content.length), new ByteArrayInputStream(content));
            }
        }
        return bytes.toByteArray();
    }
}
