package dev.slipway.local;

import static dev.slipway.local.TestBuild.base;
import static dev.slipway.local.TestBuild.copy;
import static dev.slipway.local.TestBuild.exec;
import static dev.slipway.local.TestBuild.file;
import static dev.slipway.local.TestBuild.other;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ExecutorSettings;
import dev.slipway.executor.StepFailedException;
import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Op;
import dev.slipway.llb.Vertex;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An image may hold a file for one of the machine's disks. No step opens it, however it came to the step. */
@Tag("end-to-end")
@Timeout(600)
class DevicesOfImagesTest {

    /** What there is instead is an empty file, or the kernel refuses: it does not say that there is no such disk. */
    private static final String REFUSED = "no device\n|.*: (Permission denied|Operation not permitted)\n";

    @TempDir
    private Path folder;

    private TestBuild build;

    private void open(String sandbox) throws Exception {
        ExecutorSettings settings =
                new ExecutorSettings(folder.resolve("home"), new TreeMap<>(Map.of("sandbox", sandbox)));
        build = new TestBuild(folder, settings);
        TestImage.busybox().write(build.layout);
        TestImage.busybox()
                .add(FileEntry.device("disk", EntryType.BLOCK_DEVICE, 0666, 7, 0))
                .write(build.other);
        try {
            build.run(TestBuild.shell(base(), "true"));
        } catch (ExecutorException e) {
            assumeTrue(false, e.getMessage());
        }
    }

    @AfterEach
    void close() {
        if (build != null) {
            build.close();
        }
    }

    /** What comes of opening the file in a step. */
    private String open(Vertex root, List<Vertex> others, List<Mount> mounts, String path) throws Exception {
        String script = "if [ ! -b " + path + " ]; then echo no device; elif cat " + path
                + "; then echo opened; fi > /said 2>&1";
        Vertex step = exec(root, others, mounts, "/bin/sh", "-c", script);
        return new String(build.work.readFile(build.run(step), "/said", 1000).orElseThrow(), StandardCharsets.UTF_8);
    }

    private static Mount mount(boolean readOnly, Mount.Kind kind) {
        return Mount.of(1, "", "/mounted", Op.NONE, readOnly, kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"built-in", "crun", "runc", "proot", "rootless"})
    void aDeviceOfAnImageIsNotOpened(String sandbox) throws Exception {
        open(sandbox);
        Mount.Kind cache = new Mount.Cache("/mounted", Mount.Cache.Sharing.SHARED);
        Vertex copied = file(Optional.of(base()), Optional.of(other()), copy("/disk", "/copied/"));

        assertThat(open(base(), List.of(other()), List.of(mount(false, cache)), "/mounted/disk"))
                .isEqualTo("no device\n");
        assertThat(open(base(), List.of(other()), List.of(mount(true, new Mount.Bind())), "/mounted/disk"))
                .matches(REFUSED);
        assertThat(open(base(), List.of(other()), List.of(mount(false, new Mount.Bind())), "/mounted/disk"))
                .matches(REFUSED);
        assertThat(open(other(), List.of(), List.of(), "/disk")).matches(REFUSED);
        assertThat(open(copied, List.of(), List.of(), "/copied/disk")).matches(REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"built-in", "crun", "runc", "proot"})
    void aDeviceThatAStepHasMadeIsNotOpenedByTheNext(String sandbox) throws Exception {
        open(sandbox);
        Vertex made = TestBuild.shell(base(), "/bin/busybox mknod /disk b 7 0 && chmod 666 /disk");
        try {
            build.run(made);
        } catch (StepFailedException e) {
            assumeTrue(false, "there are no control groups for devices here");
        }

        assertThat(build.list(made)).contains("disk 666 BLOCK_DEVICE 7:0");
        assertThat(open(made, List.of(), List.of(), "/disk")).matches(REFUSED);
    }
}
