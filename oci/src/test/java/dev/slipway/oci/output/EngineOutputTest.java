package dev.slipway.oci.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Processes;
import dev.slipway.oci.attest.Attestation;
import dev.slipway.oci.attest.PredicateTypes;
import dev.slipway.oci.engine.FakeEngine;
import dev.slipway.oci.layout.OciLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that are loaded into an engine. */
class EngineOutputTest {

    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64");
    private static final String APP = "docker.io/library/app:1";

    @TempDir
    private Path folder;

    private FakeEngine engine;
    private Output output;
    private final List<String> warnings = new ArrayList<>();
    private final StepMonitor monitor = new StepMonitor() {
        @Override
        public void warn(String message) {
            warnings.add(message);
        }
    };

    @BeforeEach
    void start() throws IOException {
        engine = FakeEngine.at(folder.resolve("engine.sock"));
        output = Output.engine("app:1").with("context", address());
    }

    @AfterEach
    void stop() throws IOException {
        engine.close();
    }

    private String address() {
        return "unix://" + folder + "/engine.sock";
    }

    private static ImageSet set(Platform... platforms) {
        List<BuiltImage> images = new ArrayList<>();
        for (Platform platform : platforms) {
            images.add(MemoryImage.of(platform.formatAll(), Map.of("file", platform.architecture())));
        }
        return new ImageSet(images, platforms.length > 1);
    }

    private static Targets targets(Platform... platforms) {
        return new Targets(List.of(platforms), platforms.length > 1);
    }

    private Optional<MadeImages> write(List<Output> outputs, ImageSet set) throws InterruptedException {
        return Outputs.write(
                outputs,
                set,
                () -> {
                    throw new AssertionError("nobody needs a registry");
                },
                monitor);
    }

    private static Digest config(MadeImages made, int position) {
        return made.images().get(position).manifest().config().digest();
    }

    /** The engine has this image under its id and its name, as one that has loaded it. */
    private void knows(Digest id) {
        engine.image(id.toString(), id.toString()).image(APP, id.toString());
    }

    private List<Descriptor> loaded() throws IOException {
        Path archive = Files.write(folder.resolve("loaded.tar"), engine.archive());
        try (OciLayout layout = OciLayout.open(archive)) {
            return layout.index().manifests();
        }
    }

    @Test
    void anEngineThatKeepsOnePlatformGetsItsOwn() throws Exception {
        ImageSet set = set(ARM64, AMD64);
        MadeImages made = Outputs.make(set);
        knows(config(made, 1));

        Outputs.check(output, targets(ARM64, AMD64));
        write(List.of(output), set);

        assertThat(loaded())
                .extracting(Descriptor::digest)
                .containsExactly(made.images().get(1).descriptor().digest());
        assertThat(warnings)
                .containsExactly("not loaded: linux/arm64; Docker Engine 20.10.24 at " + address()
                        + " (context= of the output) keeps images of one platform, linux/amd64. Docker with the"
                        + " containerd image store keeps all");
    }

    @Test
    void anEngineWithTheStoreOfContainerdGetsAll() throws Exception {
        engine.info(FakeEngine.CONTAINERD);
        ImageSet set = set(ARM64, AMD64);
        MadeImages made = Outputs.make(set);
        knows(made.root().digest());

        Outputs.check(output, targets(ARM64, AMD64));
        Optional<MadeImages> written = write(List.of(output), set);

        assertThat(loaded()).hasSize(1);
        assertThat(loaded().get(0).digest()).isEqualTo(made.root().digest());
        assertThat(loaded().get(0).mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(written.orElseThrow().root()).isEqualTo(made.root());
        assertThat(warnings).isEmpty();
    }

    @Test
    void attestationsThatAreLeftOutAreToldOf() throws Exception {
        Attestation said =
                new Attestation(PredicateTypes.SLSA_1, "provenance.json", false, List.of(), layers -> Map.of());
        ImageSet set = new ImageSet(set(AMD64).images(), false, List.of(List.of(said)));
        knows(config(Outputs.make(set), 0));

        write(List.of(output, Output.dockerArchive(folder.resolve("out.tar"))), set);

        assertThat(warnings)
                .containsExactly(
                        "attestations are left out: Docker Engine 20.10.24 at " + address()
                                + " (context= of the output) takes an image without its index",
                        "attestations are left out: an archive for docker load takes an image without its index");
        engine.info(FakeEngine.CONTAINERD);
        knows(Outputs.make(set).root().digest());
        warnings.clear();
        write(List.of(Output.engine().with("context", address())), set);
        assertThat(warnings).isEmpty();
    }

    @Test
    void aSingleImageIsLoadedWhateverItsPlatformIs() throws Exception {
        ImageSet set = set(ARM64);
        knows(config(Outputs.make(set), 0));

        Outputs.check(output, targets(ARM64));
        write(List.of(output), set);

        assertThat(loaded()).hasSize(1);
        assertThat(warnings).isEmpty();
    }

    @Test
    void anEngineThatRunsNoneOfThePlatformsIsFoundBeforeTheBuild() {
        Targets foreign = targets(ARM64, Platform.parse("linux/s390x"));
        assertThatThrownBy(() -> Outputs.check(output, foreign))
                .isInstanceOf(ExecutorException.class)
                .hasMessage("output type=docker: Docker Engine 20.10.24 at " + address()
                        + " (context= of the output) keeps images of one platform, and it runs none of linux/arm64,"
                        + " linux/s390x, but linux/amd64; ask for that, or for one platform alone");
    }

    @Test
    void anEngineThatIsNotThereIsMissedBeforeTheBuild() throws Exception {
        engine.close();
        assertThatThrownBy(() -> Outputs.check(output, targets(AMD64)))
                .isInstanceOf(ExecutorException.class)
                .hasMessageStartingWith("output type=docker: the engine at " + address()
                        + " (context= of the output) does not answer: ");
    }

    @Test
    void imagesThatWereMadeAreLoadedLater() throws Exception {
        MadeImages made = Outputs.make(set(AMD64));
        knows(config(made, 0));
        Outputs.load(output, made, monitor);
        assertThat(loaded())
                .extracting(Descriptor::digest)
                .containsExactly(made.root().digest());
    }

    @Test
    void anArchiveNeedsNoEngine() throws Exception {
        Path file = folder.resolve("out.tar");
        Output archive = Output.dockerArchive(file).with("name", "app:1").with("context", address());
        ImageSet set = set(AMD64);
        write(List.of(archive), set);
        assertThat(Processes.lines(List.of("tar", "-xOf", file.toString(), "manifest.json")))
                .singleElement()
                .asString()
                .startsWith("[{\"Config\":\"blobs/sha256/"
                        + config(Outputs.make(set), 0).hex() + "\",\"RepoTags\":[\"app:1\"],\"Layers\":[");
        assertThat(warnings).containsExactly("context= has no effect: the image goes to a file, not to an engine");
        assertThat(engine.requests()).isEmpty();
    }

    @Test
    void aLoadThatFailsTouchesNoFile() throws Exception {
        Path file = Files.writeString(folder.resolve("out.tar"), "as it was");
        Output archive = Output.ociArchive(file);
        assertThatThrownBy(() -> write(List.of(archive, output), set(AMD64)))
                .isInstanceOf(ExecutorException.class)
                .hasMessageStartingWith("cannot write the output type=docker: the image was not loaded into Docker"
                        + " Engine 20.10.24 at " + address() + " (context= of the output): it has no image sha256:");
        assertThat(file).hasContent("as it was");
    }
}
