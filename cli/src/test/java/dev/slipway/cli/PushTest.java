package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.Slipway;
import dev.slipway.cli.SlipwayProcess.Outcome;
import dev.slipway.executor.Credential;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.Activity;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageTree;
import dev.slipway.oci.image.ImageValidator;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistrySettings;
import dev.slipway.progress.Progress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that are pushed to a real registry on loopback, and read back from there by others. */
@Tag("end-to-end")
class PushTest {

    private static final String PLATFORMS = "linux/amd64,linux/arm64";

    private final RegistryClient client = new RegistryClient(RegistrySettings.anonymous());
    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path context;
    private LoopbackRegistry registry;

    @BeforeEach
    void start() throws Exception {
        context = Files.createDirectory(folder.resolve("context"));
        Files.writeString(context.resolve("file"), "content");
        dockerfile("FROM scratch\nARG TARGETARCH\nCOPY file /\nCOPY file /$TARGETARCH\n");
        registry = LoopbackRegistry.start(Files.createDirectory(folder.resolve("one")));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private void dockerfile(String text) throws Exception {
        Files.writeString(context.resolve("Dockerfile"), text);
    }

    private String name(String repository) {
        return registry.host() + "/" + repository;
    }

    private Outcome slipway(String... options) {
        List<String> arguments = new ArrayList<>(List.of("build"));
        Collections.addAll(arguments, options);
        arguments.add(context.toString());
        return InProcess.run(arguments.toArray(String[]::new));
    }

    private String build(String... options) {
        Outcome outcome = slipway(options);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome.out().strip();
    }

    private String digest(String name) throws Exception {
        return client.resolve(ImageReference.parse(name)).digest().toString();
    }

    /** The requests since the first so many. */
    private List<String> requests(int skipped) throws Exception {
        List<String> all = registry.requests();
        return all.subList(skipped, all.size());
    }

    @Test
    void anImageForTwoPlatformsIsPushedUnderItsNamesAndReadByOthers() throws Exception {
        String digest = build(
                "--platform",
                PLATFORMS,
                "-t",
                name("team/app:1"),
                "-t",
                name("team/app"),
                "-t",
                name("other:2"),
                "--push");

        for (String name : List.of(name("team/app:1"), name("team/app:latest"), name("other:2"))) {
            ImageReference reference = ImageReference.parse(name);
            Descriptor root = client.resolve(reference);
            assertThat(root.digest()).hasToString(digest);
            assertThat(ImageValidator.problems(root, client.blobs(reference))).isEmpty();
        }
        Process skopeo = new ProcessBuilder(
                        "skopeo",
                        "inspect",
                        "--tls-verify=false",
                        "--override-arch=arm64",
                        "docker://" + name("team/app:1"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        JsonNode inspected = json.readTree(skopeo.getInputStream());
        assertThat(inspected.get("Digest").asText()).isEqualTo(digest);
        assertThat(inspected.get("Architecture").asText()).isEqualTo("arm64");
        assertThat(inspected.get("Layers")).hasSize(2);
    }

    @Test
    void theRegistryGetsWhatALayoutGets() throws Exception {
        Path layout = folder.resolve("layout");
        String digest = build(
                "--platform",
                PLATFORMS,
                "-o",
                "type=oci,tar=false,dest=" + layout,
                "-o",
                "type=registry,name=" + name("app"),
                "-o",
                "type=image,push=true,oci-mediatypes=false,name=" + name("docker"));

        JsonNode index = json.readTree(layout.resolve("index.json").toFile());
        assertThat(digest(name("app")))
                .isEqualTo(index.at("/manifests/0/digest").asText());
        Descriptor docker = client.resolve(ImageReference.parse(name("docker")));
        assertThat(docker.mediaType()).isEqualTo("application/vnd.docker.distribution.manifest.list.v2+json");
        assertThat(docker.digest()).hasToString(digest);
    }

    @Test
    void anUnchangedImageCostsOneRequestForEachTag() throws Exception {
        String[] options = {"--platform", PLATFORMS, "-t", name("app:1"), "-t", name("app:2"), "--push"};
        build(options);
        int before = registry.requests().size();

        build(options);

        assertThat(requests(before)).containsExactly("HEAD /v2/app/manifests/1 200", "HEAD /v2/app/manifests/2 200");
    }

    @Test
    void aNewLayerIsAllThatIsSentOfAnImageThatChanged() throws Exception {
        build("-t", name("app"), "--push");
        int before = registry.requests().size();
        Files.writeString(context.resolve("more"), "new");
        dockerfile("FROM scratch\nARG TARGETARCH\nCOPY file /\nCOPY file /$TARGETARCH\nCOPY more /\n");

        build("-t", name("app"), "--push");

        assertThat(requests(before))
                .filteredOn(request -> request.matches("PUT .*/blobs/.* 201"))
                .as("the layer and the config")
                .hasSize(2);
    }

    @Test
    void layersOfABaseImageAreMountedFromItsRepository() throws Exception {
        build("-t", name("base:1"), "--push");
        ImageReference base = ImageReference.parse(name("base:1"));
        Image image = Image.read(client.resolve(base), client.blobs(base));
        dockerfile("FROM " + name("base:1") + "\nCOPY file /again\n");

        build("-t", name("team/app"), "--push");

        for (Descriptor layer : image.manifest().layers()) {
            String digest = layer.digest().toString().replace(":", "%3A");
            assertThat(registry.requests())
                    .contains("POST /v2/team/app/blobs/uploads/?mount=" + digest + "&from=base 201")
                    .noneMatch(request ->
                            request.startsWith("PUT /v2/team/app/blobs/uploads/") && request.contains(digest));
        }
    }

    @Test
    void aSecondRepositoryTakesEverythingFromTheFirst() throws Exception {
        build("-o", "type=registry,\"name=" + name("one") + "," + name("two") + "\"");

        assertThat(registry.requests()).noneMatch(request -> request.startsWith("PUT /v2/two/blobs/"));
        assertThat(digest(name("two"))).isEqualTo(digest(name("one")));
    }

    @Test
    void severalRegistriesGetTheSameImage() throws Exception {
        try (LoopbackRegistry other = LoopbackRegistry.start(Files.createDirectory(folder.resolve("two")))) {
            String digest = build("-t", name("app:1"), "-t", other.host() + "/team/app:2", "--push");
            assertThat(digest(name("app:1"))).isEqualTo(digest);
            assertThat(digest(other.host() + "/team/app:2")).isEqualTo(digest);
        }
    }

    @Test
    void whatIsPushedByDigestGetsNoTag() throws Exception {
        String digest = build("-o", "type=image,push=true,push-by-digest=true,name=" + name("app"));

        assertThat(digest(name("app@" + digest))).isEqualTo(digest);
        assertThatThrownBy(() -> digest(name("app"))).hasMessageContaining("does not exist");
        int before = registry.requests().size();
        build("-o", "type=image,push=true,push-by-digest=true,name=" + name("app"));
        assertThat(requests(before)).containsExactly("HEAD /v2/app/manifests/" + digest + " 200");
    }

    @Test
    void aRegistryWithoutHttpsTakesWhatIsPushedUnverified() throws Exception {
        String digest = build("-o", "type=registry,registry.insecure=true,name=" + name("app"));
        assertThat(digest(name("app"))).isEqualTo(digest);
    }

    @Test
    void aBuildThatFailsMovesNoTag() throws Exception {
        String before = build("-t", name("app"), "--push");
        dockerfile("FROM scratch\nCOPY missing /\n");
        assertThat(slipway("-t", name("app"), "--push").exitCode()).isEqualTo(1);
        assertThat(digest(name("app"))).isEqualTo(before);
    }

    @Test
    void noTagMovesIfAnotherOutputFails() throws Exception {
        String before = build("-t", name("app"), "--push");
        dockerfile("FROM scratch\nCOPY file /changed\n");
        Outcome outcome = slipway("-t", name("app"), "--push", "-o", "type=tar,dest=/dev/full");
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(1);
        assertThat(digest(name("app"))).isEqualTo(before);
    }

    @Test
    void aPushThatIsRefusedTouchesNoOtherOutput() throws Exception {
        registry.close();
        Path archive = folder.resolve("a.tar");
        Outcome outcome = slipway("-t", name("app"), "--push", "-o", "type=oci,dest=" + archive);
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("cannot write the output type=registry: " + name("app:latest") + ": the registry "
                        + registry.host() + " can't be reached");
        assertThat(archive).doesNotExist();
    }

    @Test
    void progressCountsTheBytesAndSaysWhatIsPushed() throws Exception {
        List<BuildEvent> events = Collections.synchronizedList(new ArrayList<>());
        BuildResult result;
        try (Slipway slipway = Slipway.open(folder.resolve("home"))) {
            result = slipway.build(BuildRequest.of(context).output(Output.registry(name("app"))), events::add);
            ImageReference reference = ImageReference.parse(name("app:latest"));
            for (Descriptor blob : ImageTree.of(result.descriptor(), client.blobs(reference))) {
                if (!blob.digest().equals(result.digest())) {
                    assertThat(events)
                            .filteredOn(BuildEvent.Advanced.class::isInstance)
                            .extracting(BuildEvent.Advanced.class::cast)
                            .anyMatch(advanced -> advanced.activity() == Activity.UPLOADING
                                    && advanced.part().equals(name("app@") + blob.digest())
                                    && advanced.current() == blob.size());
                }
            }
            assertThat(said(events)).contains(reference.withDigest(result.digest()) + " is pushed\n");
            events.clear();
            slipway.build(BuildRequest.of(context).output(Output.registry(name("app"))), events::add);
            assertThat(said(events)).contains(reference.withDigest(result.digest()) + " is there already\n");
        }
    }

    private static String said(List<BuildEvent> events) {
        StringBuilder said = new StringBuilder();
        for (BuildEvent event : events) {
            if (event instanceof BuildEvent.Log log) {
                said.append(new String(log.data().toArray(), StandardCharsets.UTF_8));
            }
        }
        return said.toString();
    }

    @Test
    void aResultIsPushedAfterItWasTested() throws Exception {
        try (Slipway slipway = Slipway.open(folder.resolve("home"))) {
            BuildResult result =
                    slipway.build(BuildRequest.of(context).platforms("linux/amd64", "linux/arm64"), Progress.none());
            assertThat(result.image("linux/arm64").readFile("/arm64"))
                    .contains("content".getBytes(StandardCharsets.UTF_8));

            List<ImageReference> pushed = result.push(name("app:1"), name("app"));

            assertThat(pushed)
                    .extracting(ImageReference::toString)
                    .containsExactly(name("app:1@") + result.digest(), name("app:latest@") + result.digest());
            assertThat(digest(name("app:1"))).isEqualTo(result.digest().toString());
            assertThat(digest(name("app"))).isEqualTo(result.digest().toString());
            assertThatThrownBy(() -> result.push("NO NAME"))
                    .isInstanceOf(BuildException.class)
                    .hasMessageContaining("invalid image name NO NAME");
        }
    }

    @Test
    void aRegistryWithALoginTakesOnlyThoseItKnows() throws Exception {
        try (LoopbackRegistry closed =
                LoopbackRegistry.startWithLogin(Files.createDirectory(folder.resolve("closed")))) {
            String name = closed.host() + "/app:1";
            BuildRequest request = BuildRequest.of(context).output(Output.registry(name));
            Credential jane = new Credential(LoopbackRegistry.USER, "secret", false);
            Digest digest;
            try (Slipway slipway = Slipway.builder()
                    .home(folder.resolve("home"))
                    .credentials(host -> host.equals(closed.host()) ? Optional.of(jane) : Optional.empty())
                    .open()) {
                digest = slipway.build(request).digest();
            }
            try (Slipway slipway = Slipway.builder()
                    .home(folder.resolve("home"))
                    .credentials(host -> Optional.empty())
                    .open()) {
                assertThatThrownBy(() -> slipway.build(request))
                        .isInstanceOf(BuildException.class)
                        .hasMessageContaining("access is denied", "docker login " + closed.host());
            }

            // What docker login leaves is for the command as well.
            Path docker = Files.createDirectory(folder.resolve("docker"));
            String pair = Base64.getEncoder().encodeToString((LoopbackRegistry.USER + ":secret").getBytes());
            Files.writeString(
                    docker.resolve("config.json"),
                    "{\"auths\":{\"" + closed.host() + "\":{\"auth\":\"" + pair + "\"}}}");
            Outcome outcome = SlipwayProcess.run(
                    folder.resolve("home"),
                    new byte[0],
                    Map.of("DOCKER_CONFIG", docker.toString()),
                    "build",
                    "-t",
                    name,
                    "--push",
                    context.toString());
            assertThat(outcome.exitCode()).as(outcome.err()).isZero();
            assertThat(outcome.out()).isEqualToIgnoringNewLines(digest.toString());
        }
    }
}
