package dev.slipway.local;

import static dev.slipway.local.TestBuild.base;
import static dev.slipway.local.TestBuild.copy;
import static dev.slipway.local.TestBuild.file;
import static dev.slipway.local.TestBuild.local;
import static dev.slipway.local.TestBuild.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.executor.Output;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import dev.slipway.oci.image.ImageValidator;
import dev.slipway.oci.layout.OciLayout;
import dev.slipway.oci.output.ImageSet;
import dev.slipway.oci.output.MadeImages;
import dev.slipway.oci.output.Outputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalExecutorTest {

    private static final Bytes CONFIG =
            Bytes.utf8("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\"}}");

    @TempDir
    Path folder;

    private TestBuild build;

    @BeforeEach
    void open() throws IOException {
        build = new TestBuild(folder);
    }

    @AfterEach
    void close() {
        build.close();
    }

    @Test
    void aCopyOntoAnImageIsOneMoreLayer() throws Exception {
        new TestImage().layer().folder("etc", 0700).file("etc/a", "1").write(build.layout);
        build.put("src/b", "2").put("src/sub/c", "3");
        Vertex copied = file(Optional.of(base()), Optional.of(local()), copy("/src", "/etc/"));
        assertThat(build.list(copied))
                .containsExactly("etc/ 700", "etc/a 644 1", "etc/b 644 2", "etc/sub/ 755", "etc/sub/c 644 3");
        assertThat(build.listLayer(copied))
                .containsExactly("etc/ 700", "etc/b 644 2", "etc/sub/ 755", "etc/sub/c 644 3");
    }

    @Test
    void anExportedLayoutIsAValidImage() throws Exception {
        new TestImage().layer().folder("etc", 0700).file("etc/a", "1").write(build.layout);
        build.put("b", "2");
        Vertex copied = file(Optional.of(base()), Optional.of(local()), copy("/b", "/"));
        Path out = folder.resolve("out");
        Optional<MadeImages> result =
                export(copied, false, Output.ociLayout(out), Output.ociArchive(folder.resolve("out.tar")));
        for (Path layout : List.of(out, folder.resolve("out.tar"))) {
            try (OciLayout opened = OciLayout.open(layout)) {
                assertThat(opened.index().manifests()).hasSize(1);
                assertThat(opened.index().manifests().get(0).digest())
                        .isEqualTo(result.orElseThrow().root().digest());
                assertThat(ImageValidator.problems(opened.index().manifests().get(0), opened))
                        .isEmpty();
            }
        }
    }

    @Test
    void aLocalOutputIsMergedIntoItsFolder() throws Exception {
        build.put("a/b", "new").put("c", "3");
        Vertex copied = file(Optional.empty(), Optional.of(local()), copy("/", "/"));
        Path out = folder.resolve("out");
        Files.createDirectories(out.resolve("a"));
        Files.writeString(out.resolve("a/b"), "old");
        Files.writeString(out.resolve("a/keep"), "kept");
        export(copied, false, Output.localDirectory(out));
        assertThat(out.resolve("a/b")).hasContent("new");
        assertThat(out.resolve("a/keep")).hasContent("kept");
        assertThat(out.resolve("c")).hasContent("3");
        assertThat(Files.list(out)).hasSize(2);
        export(copied, true, Output.localDirectory(folder.resolve("split")));
        String platform = Platform.host().format().replace('/', '_');
        assertThat(folder.resolve("split").resolve(platform).resolve("c")).hasContent("3");
    }

    @Test
    @Tag("end-to-end")
    void aProcessWritesALayer() throws Exception {
        assumeTrue(Files.exists(TestImage.BUSYBOX), "needs busybox-static");
        TestImage.busybox().write(build.layout);
        build.put("d/x", "x").put("d/y", "y");
        Vertex copied = file(Optional.of(base()), Optional.of(local()), copy("/d", "/d"));
        Vertex run = shell(
                copied,
                "echo hello > /f && rm /d/x && mkdir /n && ln /f /n/g && ln -s f /l && chown 5:6 /f && rm /bin/id");
        assertThat(build.listLayer(run))
                .containsExactly(
                        "bin/ 755",
                        "bin/id gone",
                        "d/ 755",
                        "d/x gone",
                        "f 644 5:6 hello|",
                        "l -> f",
                        "n/ 755",
                        "n/g = f");
        Vertex again = shell(run, "cat /f /d/y > /out && rm -r /n && mkdir /n && ls -l /n /bin/ls > /dev/null");
        assertThat(build.listLayer(again)).containsExactly("n/ 755", "n/g gone", "out 644 hello|y");
        Path out = folder.resolve("out");
        export(again, false, Output.ociLayout(out));
        try (OciLayout opened = OciLayout.open(out)) {
            assertThat(ImageValidator.problems(opened.index().manifests().get(0), opened))
                    .isEmpty();
        }
    }

    private Optional<MadeImages> export(Vertex vertex, boolean multiPlatform, Output... outputs)
            throws InterruptedException {
        ImageSpec spec = new ImageSpec(Platform.host(), CONFIG, Optional.empty(), Optional.empty());
        ImageSet images = new ImageSet(List.of(build.work.image(build.run(vertex), spec)), multiPlatform);
        return Outputs.write(List.of(outputs), images, TestBuild.NO_REGISTRIES, StepMonitor.NONE);
    }
}
