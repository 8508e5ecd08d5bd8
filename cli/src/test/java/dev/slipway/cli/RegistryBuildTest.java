package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.oci.layout.OciLayout;
import dev.slipway.oci.registry.Push;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistrySettings;
import dev.slipway.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds from a base image in a real registry on loopback, without login and over plain HTTP. */
@Tag("end-to-end")
class RegistryBuildTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images", ROOT.resolve("target/images").toString()))
            .resolve("alpine");

    @TempDir
    private Path folder;

    @Test
    void aBaseImageOfARegistryIsBuiltUponForEachPlatform() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        try (LoopbackRegistry registry = LoopbackRegistry.start(folder)) {
            ImageReference reference = ImageReference.parse(registry.host() + "/library/alpine:3");
            OciLayout layout = OciLayout.open(ALPINE);
            new RegistryClient(RegistrySettings.anonymous())
                    .push(Push.of(reference, layout.index().manifests().get(0), layout), StepMonitor.NONE);
            Path context = Files.createDirectory(folder.resolve("context"));
            Files.writeString(context.resolve("Dockerfile"), "FROM " + reference + "\nRUN uname -m > /arch\n");
            BuildRequest request = BuildRequest.of(context).platforms("linux/amd64", "linux/arm64");
            try (Slipway slipway = Slipway.open(folder.resolve("home"))) {
                slipway.build(request.output(Output.localDirectory(folder.resolve("out"))), Progress.none());
                assertThat(folder.resolve("out/linux_amd64/arch")).hasContent("x86_64\n");
                assertThat(folder.resolve("out/linux_arm64/arch")).hasContent("aarch64\n");

                List<BuildEvent> again = new ArrayList<>();
                slipway.build(request, again::add);
                assertThat(again)
                        .filteredOn(BuildEvent.Finished.class::isInstance)
                        .extracting(event -> ((BuildEvent.Finished) event).outcome())
                        .containsOnly(BuildEvent.Outcome.CACHED);

                Path named = folder.resolve("named");
                slipway.build(
                        request.dockerfileText("FROM scratch\nCOPY --from=base /bin/busybox /\n")
                                .buildContext("base", "docker-image://" + reference)
                                .output(Output.localDirectory(named)),
                        Progress.none());
                assertThat(named.resolve("linux_arm64/busybox")).isNotEmptyFile();
            }
        }
    }
}
