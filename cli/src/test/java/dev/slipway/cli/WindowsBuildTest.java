package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Platform;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageSelector;
import dev.slipway.oci.layer.LayerLimits;
import dev.slipway.oci.layer.LayerReader;
import dev.slipway.oci.layout.OciLayout;
import dev.slipway.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images for Windows, beside others, upon a base whose layer is one for Windows. */
@Tag("end-to-end")
class WindowsBuildTest {

    private static final String WINDOWS = "windows/amd64";

    @TempDir
    private Path folder;

    private Path context;
    private Slipway slipway;

    @BeforeEach
    void makeBase() throws Exception {
        context = Files.createDirectory(folder.resolve("context"));
        Files.writeString(context.resolve("app.exe"), "MZapp");
        slipway = Slipway.open(folder.resolve("home"), Map.of());
        Path files = Files.createDirectory(folder.resolve("windows"));
        write(files, "Files/Windows/System32/cmd.exe", "MZcmd");
        write(files, "Hives/Software_Base", "hive");
        write(files, "Dockerfile", "FROM scratch\nCOPY Files /Files/\nCOPY Hives /Hives/\n");
        slipway.build(
                BuildRequest.of(files).platforms(WINDOWS).output(Output.ociLayout(folder.resolve("base"))),
                Progress.none());
    }

    @AfterEach
    void close() {
        slipway.close();
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private BuildRequest request(String dockerfile, String... platforms) throws IOException {
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        return BuildRequest.of(context)
                .platforms(platforms)
                .buildContext("nanoserver", "oci-layout://" + folder.resolve("base"));
    }

    /** Names in the last layer of the image for a platform. */
    private List<String> lastLayer(OciLayout layout, String platform) throws IOException {
        Descriptor root = layout.index().manifests().get(0);
        Image image = new ImageSelector(layout).select(root, Platform.parse(platform));
        List<String> names = new ArrayList<>();
        try (LayerReader reader =
                LayerReader.ofLayer(image.openLayer(image.manifest().layers().size() - 1), LayerLimits.DEFAULT)) {
            for (Optional<FileEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                names.add(entry.get().path());
            }
        }
        return names;
    }

    @Test
    void oneIndexHoldsImagesForLinuxAndWindows() throws Exception {
        BuildRequest request = request("""
                FROM --platform=$BUILDPLATFORM scratch AS build
                COPY app.exe /app.exe
                FROM scratch AS linux
                FROM nanoserver AS windows
                FROM $TARGETOS
                COPY --from=build /app.exe /app.exe
                """, "linux/amd64", WINDOWS);
        slipway.build(request.output(Output.ociLayout(folder.resolve("out"))), Progress.none());
        OciLayout layout = OciLayout.open(folder.resolve("out"));
        assertThat(lastLayer(layout, "linux/amd64")).containsExactly("app.exe");
        assertThat(lastLayer(layout, WINDOWS)).containsExactly("Hives", "Files", "Files/app.exe");
    }

    @Test
    void aLinkedCopyHasNamesThatWindowsCanUse() throws Exception {
        BuildRequest request = request("FROM nanoserver\nCOPY --link app.exe C:/app.exe\n", WINDOWS);
        slipway.build(request.output(Output.ociLayout(folder.resolve("out"))), Progress.none());
        assertThat(lastLayer(OciLayout.open(folder.resolve("out")), WINDOWS))
                .containsExactly("Hives", "Files", "Files/app.exe");
    }

    @Test
    void filesOfAWindowsStageGoToLinux() throws Exception {
        BuildRequest request = request("""
                FROM --platform=windows/amd64 nanoserver AS windows
                COPY app.exe C:/tools/
                FROM scratch
                COPY --from=windows /tools /Windows/System32/cmd.exe /
                """, "linux/amd64");
        slipway.build(request.output(Output.localDirectory(folder.resolve("files"))), Progress.none());
        assertThat(folder.resolve("files/cmd.exe")).hasContent("MZcmd");
        assertThat(folder.resolve("files/app.exe")).hasContent("MZapp");
    }

    @Test
    void aStepThatNeedsWindowsIsRefusedBeforeAnythingIsBuilt() throws Exception {
        BuildRequest request = request("FROM nanoserver\nCOPY missing /\nRUN dir\n", WINDOWS);
        assertThatThrownBy(() -> slipway.build(request, Progress.none()))
                .isInstanceOfSatisfying(
                        BuildException.class,
                        failure -> assertThat(failure.report())
                                .startsWith("Dockerfile:3: no executor can run this step, which needs windows/amd64")
                                .contains("without RUN: all other instructions work here"));
    }
}
