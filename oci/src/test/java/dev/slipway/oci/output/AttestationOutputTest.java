package dev.slipway.oci.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.Index;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.attest.Attestation;
import dev.slipway.oci.attest.PredicateTypes;
import dev.slipway.oci.attest.Subject;
import dev.slipway.oci.image.ImageValidator;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonObject;
import dev.slipway.oci.layer.LayerLimits;
import dev.slipway.oci.layer.LayerReader;
import dev.slipway.oci.layout.OciLayout;
import dev.slipway.oci.registry.RegistryClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttestationOutputTest {

    private static final Supplier<RegistryClient> NO_REGISTRIES = () -> {
        throw new AssertionError("nothing is to be pushed");
    };

    private static final MemoryImage AMD64 = MemoryImage.of("linux/amd64", Map.of("a", "one", "z", "two"));
    private static final MemoryImage ARM64 = MemoryImage.of("linux/arm64", Map.of("b", "three"));

    @TempDir
    private Path folder;

    private static Attestation provenance(boolean inlineOnly) {
        return attestation("provenance.json", inlineOnly, List.of());
    }

    private static Attestation attestation(String file, boolean inlineOnly, List<Subject> subjects) {
        return new Attestation(
                PredicateTypes.SLSA_1,
                file,
                inlineOnly,
                subjects,
                layers -> Map.of(
                        "layers",
                        layers.stream()
                                .map(layer -> layer.descriptor().digest().toString())
                                .toList()));
    }

    private static ImageSet one(Attestation... attestations) {
        return new ImageSet(List.of(AMD64), false, List.of(List.of(attestations)));
    }

    private static ImageSet two() {
        return new ImageSet(
                List.of(AMD64, ARM64), true, List.of(List.of(provenance(false)), List.of(provenance(true))));
    }

    private OciLayout layout(ImageSet images, String... options) throws IOException, InterruptedException {
        Path place = folder.resolve("layout");
        Output output = Output.ociLayout(place);
        for (int i = 0; i < options.length; i += 2) {
            output = output.with(options[i], options[i + 1]);
        }
        Outputs.write(List.of(output), images, NO_REGISTRIES, StepMonitor.NONE);
        return OciLayout.open(place);
    }

    private static Descriptor root(OciLayout layout) {
        return layout.index().manifests().get(0);
    }

    private static Index index(OciLayout layout) throws IOException {
        return Index.parse(layout.read(root(layout)).toArray());
    }

    private static Manifest manifest(OciLayout layout, int position) throws IOException {
        return Manifest.parse(
                layout.read(index(layout).manifests().get(position)).toArray());
    }

    private static JsonObject statement(OciLayout layout, int position) throws IOException {
        return Json.object(
                layout.read(manifest(layout, position).layers().get(0)).toArray());
    }

    @Test
    void anImageOfWhichSomethingIsSaidIsAnIndexWithAManifestForThat() throws Exception {
        try (OciLayout layout = layout(one(provenance(false)), "name", "localhost:5000/a/b:1,c")) {
            List<Descriptor> manifests = index(layout).manifests();
            assertThat(manifests).hasSize(2);
            Descriptor image = manifests.get(0);
            assertThat(image.platform()).contains(Platform.parse("linux/amd64"));
            assertThat(manifests.get(1).platform()).contains(Platform.of("unknown", "unknown", ""));
            assertThat(manifests.get(1).annotations())
                    .isEqualTo(Map.of(
                            "vnd.docker.reference.type",
                            "attestation-manifest",
                            "vnd.docker.reference.digest",
                            image.digest().toString()));
            JsonObject said = statement(layout, 1);
            assertThat(said.string("_type")).isEqualTo("https://in-toto.io/Statement/v1");
            assertThat(said.string("predicateType")).isEqualTo(PredicateTypes.SLSA_1);
            assertThat(said.objects("subject").get(0).string("name"))
                    .isEqualTo("pkg:docker/localhost%3A5000/a/b@1?platform=linux%2Famd64");
            assertThat(said.objects("subject").get(1).string("name"))
                    .isEqualTo("pkg:docker/c@latest?platform=linux%2Famd64");
            assertThat(said.objects("subject")
                            .get(1)
                            .object("digest")
                            .orElseThrow()
                            .string("sha256"))
                    .isEqualTo(image.digest().hex());
            assertThat(said.object("predicate").orElseThrow().strings("layers"))
                    .containsExactly(
                            manifest(layout, 0).layers().get(0).digest().toString());
            assertThat(ImageValidator.problems(root(layout), layout)).isEmpty();
        }
    }

    @Test
    void whatIsSaidIsAnArtifactOfTheImageAsBuildKitWritesIt() throws Exception {
        try (OciLayout layout = layout(one(provenance(false)))) {
            Manifest manifest = manifest(layout, 1);
            Descriptor image = index(layout).manifests().get(0);
            assertThat(manifest.artifactType()).isEqualTo("application/vnd.docker.attestation.manifest.v1+json");
            assertThat(manifest.subject()).contains(Descriptor.of(image.mediaType(), image.digest(), image.size()));
            assertThat(new String(layout.read(index(layout).manifests().get(1)).toArray(), StandardCharsets.UTF_8))
                    .contains("  \"config\": {\n    \"mediaType\": \"application/vnd.oci.empty.v1+json\",\n"
                            + "    \"digest\": \"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\",\n"
                            + "    \"size\": 2,\n    \"data\": \"e30=\"\n  },\n");
            assertThat(manifest.layers().get(0).mediaType()).isEqualTo("application/vnd.in-toto+json");
            assertThat(manifest.layers().get(0).annotations())
                    .isEqualTo(Map.of("in-toto.io/predicate-type", PredicateTypes.SLSA_1));
        }
    }

    @Test
    void withoutArtifactsItLooksLikeAnImage() throws Exception {
        try (OciLayout layout = layout(one(provenance(false)), "oci-artifact", "false")) {
            Manifest manifest = manifest(layout, 1);
            assertThat(manifest.artifactType()).isEmpty();
            assertThat(manifest.subject()).isEmpty();
            assertThat(manifest.config().mediaType()).isEqualTo(MediaTypes.OCI_CONFIG);
            assertThat(new String(layout.read(manifest.config()).toArray(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"architecture\":\"unknown\",\"os\":\"unknown\",\"config\":{},"
                            + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\""
                            + manifest.layers().get(0).digest() + "\"]}}");
            assertThat(ImageValidator.problems(root(layout), layout)).isEmpty();
        }
    }

    @Test
    void whatIsForRegistriesAloneMakesNoIndexButStandsInOneThatIsThereAnyway() throws Exception {
        try (OciLayout layout = layout(one(provenance(true)))) {
            assertThat(root(layout).mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        }
        try (OciLayout layout = layout(one(provenance(true)), "attestation-inline", "true")) {
            assertThat(index(layout).manifests()).hasSize(2);
        }
        try (OciLayout layout = layout(two())) {
            assertThat(index(layout).manifests())
                    .extracting(manifest -> manifest.platform().orElseThrow().format())
                    .containsExactly("linux/amd64", "linux/arm64", "unknown/unknown", "unknown/unknown");
        }
    }

    @Test
    void dockersMediaTypesHaveNoRoomForIt() {
        Output docker = Output.ociLayout(folder).with("oci-mediatypes", "false");
        assertThatThrownBy(() -> Outputs.checkAttestations(docker))
                .isInstanceOf(ExecutorException.class)
                .hasMessage("cannot export attestations with \"oci-mediatypes=false\"; leave out one of them");
        assertThatThrownBy(() -> layout(one(provenance(false)), "oci-mediatypes", "false"))
                .isInstanceOf(ExecutorException.class);
        assertThatThrownBy(() -> Outputs.check(docker.with("oci-artifact", "true"), new Targets(List.of(), false)))
                .hasMessage("exporter option \"oci-artifact=true\" conflicts with \"oci-mediatypes=false\"");
    }

    private Path local(ImageSet images, String... options) throws InterruptedException {
        Output output = Output.localDirectory(folder.resolve("files"));
        for (int i = 0; i < options.length; i += 2) {
            output = output.with(options[i], options[i + 1]);
        }
        Outputs.write(List.of(output), images, NO_REGISTRIES, StepMonitor.NONE);
        return folder.resolve("files");
    }

    @Test
    void aFolderGetsItAsAFileAboutAllFiles() throws Exception {
        Path files = local(one(provenance(false)), "attestation-prefix", "my-");
        JsonObject said = Json.object(Files.readAllBytes(files.resolve("my-provenance.json")));
        assertThat(said.objects("subject").get(0).string("name")).isEqualTo("a");
        assertThat(said.objects("subject").get(1).string("name")).isEqualTo("z");
        assertThat(said.objects("subject").get(1).object("digest").orElseThrow().string("sha256"))
                .isEqualTo(Digest.sha256("two").hex());
        assertThat(Files.readString(files.resolve("my-provenance.json"))).startsWith("{\n  \"_type\": ");
    }

    @Test
    void eachPlatformHasItInItsFolder() throws Exception {
        Path files = local(two());
        assertThat(files.resolve("linux_amd64/provenance.json")).exists();
        assertThat(files.resolve("linux_arm64/b")).exists();
        assertThat(files.resolve("linux_arm64/provenance.json")).doesNotExist();
    }

    @Test
    void inOneFolderNamesTellThePlatformsApart() throws Exception {
        Path files = local(two(), "platform-split", "false");
        assertThat(files.resolve("provenance.linux_amd64.json")).exists();
        assertThat(files.resolve("provenance.json")).doesNotExist();
    }

    @Test
    void inAnArchiveItStandsInTheOrderOfNames() throws Exception {
        Path file = folder.resolve("files.tar");
        ImageSet images = one(provenance(false), attestation("z", false, List.of()));
        Outputs.write(List.of(Output.tarArchive(file)), images, NO_REGISTRIES, StepMonitor.NONE);
        List<String> names = new ArrayList<>();
        try (LayerReader tar = LayerReader.ofArchive(Files.newInputStream(file), LayerLimits.DEFAULT)) {
            for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                names.add(entry.get().path());
            }
        }
        // The image's own z makes way.
        assertThat(names).containsExactly("a", "provenance.json", "z");
    }

    @Test
    void twoFilesOfOneNameAreRefused() {
        assertThatThrownBy(() -> local(one(provenance(false), provenance(false))))
                .isInstanceOf(ExecutorException.class)
                .hasMessage("two attestations would be written into one file, provenance.json; give one another name"
                        + " with filename=NAME");
    }

    @Test
    void whatIsSaidOfSomethingElseKeepsItsSubject() throws Exception {
        Subject other = Subject.of("else", Digest.sha256("else"));
        try (OciLayout layout = layout(one(attestation("sbom.json", false, List.of(other))), "name", "c")) {
            assertThat(statement(layout, 1).objects("subject"))
                    .extracting(subject -> subject.string("name"))
                    .containsExactly("else");
        }
    }
}
