package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cli.SlipwayProcess.Outcome;
import dev.slipway.llb.Digest;
import dev.slipway.oci.image.ImageValidator;
import dev.slipway.oci.place.ImagePlace;
import dev.slipway.oci.place.ImagePlaces;
import dev.slipway.oci.place.StoredImage;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistrySettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code slipway image} with a real registry on loopback, and with skopeo as the one who reads what it wrote. */
@Tag("end-to-end")
class ImageCommandsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path shared;

    private static LoopbackRegistry registry;

    @TempDir
    private Path folder;

    private Path context;

    @BeforeAll
    static void startRegistry() throws Exception {
        registry = LoopbackRegistry.start(shared);
    }

    @AfterAll
    static void stopRegistry() {
        registry.close();
    }

    @BeforeEach
    void makeContext() throws IOException {
        context = Files.createDirectory(folder.resolve("context"));
        Files.writeString(context.resolve("file"), "content");
        dockerfile("FROM scratch\nARG TARGETARCH\nENV ARCH=$TARGETARCH\nCOPY file /d/\nCMD [\"/d/file\"]\n");
    }

    private void dockerfile(String text) throws IOException {
        Files.writeString(context.resolve("Dockerfile"), text);
    }

    private static Outcome slipway(int exitCode, String... arguments) {
        Outcome outcome = InProcess.run(arguments);
        assertThat(outcome.exitCode()).as(outcome.out() + outcome.err()).isEqualTo(exitCode);
        return outcome;
    }

    private static Outcome image(String... arguments) {
        return image(0, arguments);
    }

    private static Outcome image(int exitCode, String... arguments) {
        List<String> all = new ArrayList<>(List.of("image"));
        all.addAll(List.of(arguments));
        return slipway(exitCode, all.toArray(String[]::new));
    }

    /** Builds into an archive and returns it as a place. */
    private String build(String name, String platforms) throws IOException {
        Path file = folder.resolve(name + ".tar");
        slipway(0, "build", "--platform", platforms, "-o", "type=oci,dest=" + file, context.toString());
        requireValid(file.toString());
        return file.toString();
    }

    private static void requireValid(String place) throws IOException {
        ImagePlaces places = new ImagePlaces(new RegistryClient(RegistrySettings.anonymous()));
        try (StoredImage stored = places.open(ImagePlace.parse(place))) {
            assertThat(ImageValidator.problems(stored.root(), stored.blobs()))
                    .as(place)
                    .isEmpty();
        }
    }

    private static String skopeo(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("skopeo"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(command + output).isZero();
        return output;
    }

    private static String inRegistry(String name) {
        return registry.host() + "/" + name;
    }

    @Test
    void twoHostsBuildOnePlatformEachAndTheirImagesAreJoined() throws Exception {
        String amd = build("amd", "linux/amd64");
        String arm = build("arm", "linux/arm64");
        String target = inRegistry("joined:1");
        Path metadata = folder.resolve("metadata.json");
        String digest = image(
                        "merge",
                        "-t",
                        target,
                        "-t",
                        folder + "/joined:2",
                        "--metadata-file",
                        metadata.toString(),
                        amd,
                        arm)
                .out()
                .strip();
        requireValid(target);
        requireValid(folder + "/joined:2");
        String raw = skopeo("inspect", "--tls-verify=false", "--raw", "docker://" + target);
        assertThat(Digest.sha256(raw)).hasToString(digest);
        assertThat(image("inspect", "--raw", target).out()).isEqualTo(raw);
        JsonNode described = JSON.readTree(metadata.toFile());
        assertThat(described.at("/containerimage.descriptor/digest").asText()).isEqualTo(digest);
        for (String architecture : List.of("amd64", "arm64")) {
            JsonNode config = JSON.readTree(skopeo(
                    "inspect",
                    "--tls-verify=false",
                    "--override-arch=" + architecture,
                    "--config",
                    "docker://" + target));
            assertThat(config.at("/architecture").asText()).isEqualTo(architecture);
            JsonNode ours = JSON.readTree(image("inspect", "--format", "json", "-p", "linux/" + architecture, target)
                    .out());
            assertThat(ours.at("/images/0/config")).isEqualTo(config);
            JsonNode theirs = JSON.readTree(
                    skopeo("inspect", "--tls-verify=false", "--override-arch=" + architecture, "docker://" + target));
            assertThat(ours.at("/images/0/layers").findValuesAsText("digest"))
                    .isEqualTo(JSON.convertValue(theirs.get("Layers"), List.class));
        }
        buildUpon(target);
    }

    private void buildUpon(String base) throws IOException {
        dockerfile("FROM " + base + "\nCOPY file /more\n");
        String built = build("upon", "linux/arm64");
        assertThat(image("inspect", "-p", "linux/arm64", "--files", built).out())
                .contains("Env.ARCH: arm64", "/d/file", "/more");
    }

    @Test
    void anIndexIsAppendedToAndReduced() throws Exception {
        String target = inRegistry("appended:1");
        image("copy", build("amd", "linux/amd64"), target);
        image("merge", "--append", "-t", target, build("arm", "linux/arm64"), "--annotation", "index:note=this");
        JsonNode both = JSON.readTree(image("inspect", "--raw", target).out());
        assertThat(both.get("manifests")).hasSize(2);
        assertThat(both.at("/annotations/note").asText()).isEqualTo("this");
        String arm = both.at("/manifests/1/digest").asText();
        assertThat(JSON.readTree(image("merge", "--dry-run", "-p", "linux/arm64", target)
                                .out())
                        .at("/manifests/0/digest")
                        .asText())
                .isEqualTo(arm);
        Path file = Files.writeString(
                folder.resolve("descriptor"), "{\"digest\":\"" + arm + "\",\"annotations\":{\"x\":\"y\"}}");
        JsonNode described = JSON.readTree(image("merge", "--dry-run", "-t", target, "--file", file.toString())
                .out());
        assertThat(described.at("/manifests/0/annotations/x").asText()).isEqualTo("y");
        assertThat(described.at("/manifests/0/platform/architecture").asText()).isEqualTo("arm64");
    }

    @Test
    void anImageIsTheSameWhereverItIsCopied() throws Exception {
        String built = build("both", "linux/amd64,linux/arm64");
        String digest = image("copy", "-q", built, inRegistry("one:1")).out();
        for (String target : List.of(
                inRegistry("other/name:2"),
                "oci-layout://" + folder + "/layout:3",
                "oci-archive://" + folder + "/archive",
                folder + "/by-path.tar")) {
            assertThat(image("copy", inRegistry("one:1"), target).out())
                    .as(target)
                    .isEqualTo(digest);
            requireValid(target);
        }
        skopeo("copy", "--all", "oci:" + folder + "/layout:3", "dir:" + folder + "/theirs");
        assertThat(Digest.sha256(Files.readString(folder.resolve("theirs/manifest.json"))))
                .hasToString(digest.strip());
    }

    @Test
    void whatSkopeoSavesForDockerIsRead() throws Exception {
        String built = build("both", "linux/amd64");
        image("copy", built, inRegistry("saved:1"));
        Path saved = folder.resolve("saved.tar");
        skopeo(
                "copy",
                "--src-tls-verify=false",
                "docker://" + inRegistry("saved:1"),
                "docker-archive:" + saved + ":app:1");
        requireValid(saved.toString());
        assertThat(image("diff", built, saved.toString()).out()).contains("linux/amd64: ");
        image("diff", built, "docker-archive://" + saved + ":app:1");
    }

    @Test
    void whatDiffersIsSaid() throws Exception {
        String before = build("before", "linux/amd64");
        Files.writeString(context.resolve("file"), "changed");
        dockerfile("FROM scratch\nENV ARCH=amd64 MORE=1\nCOPY --chown=7:8 --chmod=600 file /d/\n");
        String after = build("after", "linux/amd64");
        assertThat(image(1, "diff", before, after).out())
                .contains(
                        "linux/amd64: different",
                        "+ Env.MORE: 1",
                        "- Cmd: [\"/d/file\"]",
                        "~ /d/file: mode 0644 -> 0600; owner 0:0 -> 7:8; content sha256:");
        JsonNode json = JSON.readTree(
                image(1, "diff", "--format", "json", before, after).out());
        assertThat(json.get("same").asBoolean()).isFalse();
        assertThat(json.at("/comparisons/0/differences").findValuesAsText("subject"))
                .contains("Env.MORE", "/d/file");
        assertThat(image("diff", before, before).out()).contains("linux/amd64: identical");
    }

    @Test
    void twoPlatformsOfOneImageAreCompared() throws Exception {
        String built = build("both", "linux/amd64,linux/arm64");
        assertThat(image(1, "diff", "-p", "linux/amd64,linux/arm64", built).out())
                .contains("~ architecture: amd64 -> arm64", "~ Env.ARCH: amd64 -> arm64")
                .doesNotContain("files:");
    }

    @Test
    void anImageIsBuiltAgainAndCompared() throws Exception {
        String built = build("both", "linux/amd64,linux/arm64");
        assertThat(image("verify", "-q", "--no-cache", "--image", built, context.toString())
                        .out())
                .contains("linux/amd64: ", "linux/arm64: ")
                .doesNotContain("different");
        Files.writeString(context.resolve("file"), "changed");
        assertThat(image(1, "verify", "-q", "--image", built, context.toString())
                        .out())
                .contains("linux/amd64: different", "~ /d/file: content");
        dockerfile("FROM nowhere.invalid/base\n");
        image(2, "verify", "-q", "--image", built, context.toString());
    }

    @Test
    void whatCannotBeDoneIsSaidWithTheExitCodeOfTheCommand() throws Exception {
        assertThat(image(2, "diff", folder + "/none", folder + "/none").err())
                .contains("there is no OCI layout " + folder + "/none");
        assertThat(image(1, "inspect", inRegistry("none")).err()).contains(inRegistry("none") + ":latest");
        assertThat(image(2, "inspect", "Not A Name").err()).startsWith("ERROR: Not A Name: ");
        assertThat(image(2, "merge", folder + "/none").err()).contains("say where the index goes with --tag");
        assertThat(image(2, "diff", folder + "/none").err()).contains("name a second image");
        String built = build("amd", "linux/amd64");
        assertThat(image(1, "copy", "-p", "linux/s390x", built, folder + "/out").err())
                .contains("no image for platform linux/s390x; there are images for linux/amd64");
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(image(2, "merge", "--dry-run", "--annotation", "a=b", built).err())
                .contains("say what is annotated: index:a=b");
    }

    @Test
    void whatIsAttestedIsCopiedJoinedAndShown() throws Exception {
        Path file = folder.resolve("attested.tar");
        String statement = "{\"_type\":\"https://in-toto.io/Statement/v0.1\",\"predicateType\":"
                + "\"https://spdx.dev/Document\",\"predicate\":{\"spdxVersion\":\"SPDX-2.3\",\"packages\":[{}]}}";
        AttestedImage.write(ImagePlace.parse(build("plain", "linux/amd64")), statement, file);
        requireValid(file.toString());
        String target = inRegistry("attested:1");
        image("copy", file.toString(), target);
        image("merge", "-t", inRegistry("attested:2"), target, build("arm", "linux/arm64"));
        for (String place : List.of(target, inRegistry("attested:2"))) {
            requireValid(place);
            assertThat(image("inspect", place).out())
                    .contains("Platform:  unknown/unknown", "https://spdx.dev/Document", "packages: 1");
        }
        image("copy", "-p", "linux/amd64", inRegistry("attested:2"), folder + "/reduced:1");
        assertThat(image("inspect", "-p", "linux/amd64", folder + "/reduced:1").out())
                .contains("Attestations:", "format: SPDX-2.3");
    }
}
