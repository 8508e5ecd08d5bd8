package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.llb.Platform;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageSelector;
import dev.slipway.oci.layout.OciLayout;
import dev.slipway.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs a folder of build contexts and compares each image with the one that the reference engine made: config, history and
 * every file that differs from the base. The folder is named by the property {@code slipway.builds}; the base image, under
 * whatever name a Dockerfile asks for it, by {@code slipway.builds.base}.
 */
@Tag("end-to-end")
@TestMethodOrder(OrderAnnotation.class)
class BuildsHarnessTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path BUILDS =
            Path.of(System.getProperty("slipway.builds", ROOT + "/../shared/reference/builds"));
    private static final Path BASE =
            Path.of(System.getProperty("slipway.builds.base", ROOT + "/target/images/reference-base"));
    private static final double THRESHOLD = Double.parseDouble(System.getProperty("slipway.builds.threshold", "1.0"));

    /** The platform of what is expected. */
    private static final String REFERENCE = "linux/amd64";

    /** Of so many builds one is run under emulation too, which takes several times as long; 1 stands for all. */
    private static final int EMULATED_EVERY = Integer.getInteger("slipway.builds.emulated.every", 5);

    /** Only the builds whose name holds this text are run. */
    private static final String ONLY = System.getProperty("slipway.builds.only", "");

    /** The sandbox that steps run in; without it, the best that can be used. */
    private static final String SANDBOX = System.getProperty("slipway.builds.sandbox", "");

    /** Of so many builds one is run through proot too, which takes several times as long. */
    private static final int TRACED_EVERY = 15;

    /** What differs through proot: docs/proot.md says why. */
    private static final List<String> OTHER_WHEN_TRACED = List.of(
            "bud-no-hostname/Containerfile.noetc",
            "own-confinement/Dockerfile",
            "own-mount-tmpfs/Dockerfile",
            "own-stdin-tty-network/Dockerfile");

    /** The names under which Dockerfiles of the folder ask for the base image. */
    static final List<String> BASE_NAMES = List.of(
            "alpine",
            "busybox",
            "centos",
            "debian",
            "fedora",
            "ubuntu",
            "mirror.gcr.io/alpine",
            "mirror.gcr.io/busybox",
            "quay.io/libpod/centos:7",
            "quay.io/libpod/testimage:20241011");

    @TempDir
    private Path temporary;

    /** What a step writes does not depend on whether its processor is emulated. */
    @Test
    @Order(1)
    void everyBuildGivesTheSameUnderEmulation() throws Exception {
        Tally tally = run("linux/arm64", EMULATED_EVERY, SANDBOX, List.of());
        System.out.println("builds equal for linux/arm64: " + tally);
        assertThat(tally).matches(Tally::isEnough, "enough are equal");
    }

    /** Root's do, where nothing may be mounted; docs/proot.md says how to run those of others. */
    @Test
    @Order(2)
    void buildsGiveTheSameThroughProot() throws Exception {
        assumeTrue(SANDBOX.isEmpty(), "all are run in one sandbox");
        Tally tally = run(REFERENCE, TRACED_EVERY, "proot", OTHER_WHEN_TRACED);
        System.out.println("builds equal through proot: " + tally);
        assertThat(tally).matches(Tally::isEnough, "enough are equal");
    }

    @Test
    @Order(3)
    void everyBuildGivesWhatTheReferenceGives() throws Exception {
        Tally tally = run(REFERENCE, 1, SANDBOX, List.of());
        System.out.println("builds equal: " + tally);
        assertThat(tally).matches(Tally::isEnough, "enough are equal");
    }

    /** How many builds of how many are equal. */
    private record Tally(int equal, int total) {

        boolean isEnough() {
            return equal >= (int) (THRESHOLD * total);
        }

        @Override
        public String toString() {
            return equal + "/" + total;
        }
    }

    private Tally run(String platform, int every, String sandbox, List<String> others) throws Exception {
        assumeTrue(Files.isDirectory(BUILDS), "no folder of builds at " + BUILDS);
        assumeTrue(Files.isDirectory(BASE), "no base image at " + BASE);
        int found = 0;
        int total = 0;
        int equal = 0;
        try (Slipway slipway = Slipway.open(
                        temporary.resolve("home"), sandbox.isEmpty() ? Map.of() : Map.of("sandbox", sandbox));
                Stream<Path> folders = Files.list(BUILDS)) {
            for (Path folder : folders.sorted().toList()) {
                Path context = temporary
                        .resolve("contexts")
                        .resolve(folder.getFileName().toString());
                Files.createDirectories(context.getParent());
                ExpectedBuilds.checkOut(folder, context);
                for (JsonNode expected : ExpectedBuilds.of(folder)) {
                    String name = folder.getFileName() + "/"
                            + expected.get("dockerfile").asText();
                    if (!name.contains(ONLY) || others.contains(name)) {
                        continue;
                    }
                    if (found++ % every != 0) {
                        continue;
                    }
                    total++;
                    List<String> differences = differences(slipway, context, platform, expected);
                    if (differences.isEmpty()) {
                        equal++;
                    } else {
                        System.out.println(name + " for " + platform);
                        differences.forEach(difference -> System.out.println("    " + difference));
                    }
                }
            }
        }
        return new Tally(equal, total);
    }

    private List<String> differences(Slipway slipway, Path context, String platform, JsonNode expected)
            throws Exception {
        Path out = Files.createTempDirectory(temporary, "out");
        BuildRequest request = BuildRequest.of(context)
                .dockerfile(context.resolve(expected.get("dockerfile").asText()))
                .platforms(platform)
                .output(Output.ociLayout(out.resolve("layout")));
        for (String name : BASE_NAMES) {
            request = request.buildContext(name, "oci-layout://" + BASE);
        }
        BuildResult result;
        try {
            result = slipway.build(request, Progress.none());
        } catch (BuildException e) {
            return expected.has("error")
                    ? BuildFailure.differences(
                            expected.get("error").asText(),
                            e.getMessage(),
                            Files.readString(
                                    context.resolve(expected.get("dockerfile").asText())))
                    : List.of("fails: " + e.getMessage());
        }
        if (expected.has("error")) {
            return List.of("succeeds; expected is: " + expected.get("error").asText());
        }
        try {
            OciLayout layout = OciLayout.open(out.resolve("layout"));
            List<String> differences = new ArrayList<>(ValidImages.problems(out.resolve("layout")));
            differences.addAll(compare(
                    image(layout, platform), platform, expected.get("images").get(0)));
            return differences;
        } finally {
            assertThat(result.images()).hasSize(1);
        }
    }

    private static Image image(OciLayout layout, String platform) throws IOException {
        return new ImageSelector(layout).select(layout.index().manifests().get(0), Platform.parse(platform));
    }

    private static List<String> compare(Image image, String platform, JsonNode reference) throws IOException {
        Image base = image(OciLayout.open(BASE), platform);
        JsonNode expected = platform.equals(REFERENCE)
                ? reference
                : ExpectedBuilds.forArm64(
                        reference, FinalFiles.of(image(OciLayout.open(BASE), REFERENCE)), FinalFiles.of(base));
        JsonNode config = JSON.readTree(image.document().json().toArray());
        List<String> differences = new ArrayList<>();
        if (!config.path("config").equals(expected.get("config"))) {
            differences.add("config is " + config.path("config") + "; expected is " + expected.get("config"));
        }
        differences.addAll(ImageDifferences.history(config.path("history"), expected.get("history")));
        int layers = image.manifest().layers().size();
        if (layers != expected.get("layers").asInt()) {
            differences.add("layers: " + layers + "; expected are " + expected.get("layers"));
        }
        // An image from scratch has nothing of the base.
        boolean based =
                expected.get("history").path(0).path("created_by").asText().equals("base");
        FinalFiles before = FinalFiles.of(base, based ? base.manifest().layers().size() : 0);
        differences.addAll(ImageDifferences.files(FinalFiles.of(image), before, expected));
        return differences;
    }
}
