package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.llb.Platform;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageSelector;
import dev.slipway.oci.layout.OciLayout;
import dev.slipway.plan.Plan;
import dev.slipway.plan.PlanStep;
import dev.slipway.progress.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds every example under {@code testdata/examples} for linux/amd64 and linux/arm64 and holds the images and the plan
 * against {@code expected.json}. The property {@code slipway.examples} says which: {@code quick} (the default) or {@code all}.
 */
@Tag("end-to-end")
class ExamplesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path EXAMPLES = ROOT.resolve("testdata/examples");
    private static final Path IMAGES = Path.of(
            System.getProperty("slipway.images", ROOT.resolve("target/images").toString()));
    private static final boolean ALL =
            System.getProperty("slipway.examples", "quick").equals("all");
    private static final Platform HOST = Platform.host();

    @TempDir
    private static Path temporary;

    @TestFactory
    Stream<DynamicTest> everyExampleGivesWhatItSays() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> folders = Files.list(EXAMPLES)) {
            for (Path folder : folders.sorted().toList()) {
                JsonNode expected =
                        JSON.readTree(folder.resolve("expected.json").toFile());
                for (JsonNode build : expected.get("builds")) {
                    String name = folder.getFileName() + ": "
                            + build.get("dockerfile").asText();
                    tests.add(DynamicTest.dynamicTest(name, () -> check(folder, expected.get("needs"), build)));
                }
            }
        }
        return tests.stream();
    }

    private void check(Path folder, JsonNode needs, JsonNode expected) throws Exception {
        assumeTrue(ALL || needs.get("time").asText().equals("quick"), "slow; -Dslipway.examples=all runs it");
        Path out = Files.createTempDirectory(temporary, "out");
        try (ExampleServices services = ExampleServices.start(ROOT, folder, needs);
                Slipway slipway = Slipway.open(out.resolve("home"))) {
            BuildRequest request = request(folder, needs, expected, services);
            Plan plan = slipway.plan(request);
            expected.path("steps").forEach(step -> checkStep(plan, step));

            BuildResult result = slipway.build(
                    request.output(Output.ociLayout(out.resolve("layout")))
                            .output(Output.localDirectory(out.resolve("files"))),
                    Progress.plain(System.out));
            for (Map.Entry<String, JsonNode> platform :
                    expected.get("platforms").properties()) {
                checkImage(out, platform.getKey(), platform.getValue());
            }
            assertThat(result.hasDigests()).isTrue();
            ValidImages.require(out.resolve("layout"));

            List<BuildEvent> events = new ArrayList<>();
            slipway.build(request, events::add);
            assertThat(events)
                    .as("a second build runs no step")
                    .filteredOn(BuildEvent.Finished.class::isInstance)
                    .extracting(event -> ((BuildEvent.Finished) event).outcome())
                    .containsOnly(BuildEvent.Outcome.CACHED);
        }
    }

    private static BuildRequest request(Path folder, JsonNode needs, JsonNode expected, ExampleServices services) {
        BuildRequest request = BuildRequest.of(folder)
                .dockerfile(folder.resolve(expected.get("dockerfile").asText()))
                .platforms("linux/amd64", "linux/arm64");
        for (JsonNode image : needs.get("images")) {
            Path layout = IMAGES.resolve(image.asText());
            assertThat(layout).as("made by testdata/base-images").isDirectory();
            request = request.buildContext(image.asText(), "oci-layout://" + layout);
        }
        for (Map.Entry<String, String> argument : services.buildArgs().entrySet()) {
            request = request.buildArg(argument.getKey(), argument.getValue());
        }
        return request;
    }

    /** Native means that the step's process is of the machine's platform. */
    private static void checkStep(Plan plan, JsonNode expected) {
        String text = expected.get("step").asText();
        List<PlanStep> steps = plan.steps().stream()
                .filter(step -> step.name()
                        .substring(step.name().indexOf(']') + 1)
                        .strip()
                        .startsWith(text))
                .toList();
        assertThat(steps).as(text).isNotEmpty();
        if (expected.has("vertices")) {
            assertThat(steps).as(text).hasSize(expected.get("vertices").asInt());
        }
        if (!text.startsWith("RUN")) {
            return;
        }
        if (expected.get("platform").asText().equals("$BUILDPLATFORM")) {
            assertThat(steps).as(text).allMatch(step -> step.place().equals("native"));
        } else {
            assertThat(steps)
                    .as(text)
                    .allMatch(step ->
                            step.process().orElseThrow().equals(step.platforms().get(0))
                                    && step.emulator().isPresent()
                                            == !step.process().orElseThrow().equals(HOST));
        }
    }

    private static void checkImage(Path out, String platform, JsonNode expected) throws IOException {
        OciLayout layout = OciLayout.open(out.resolve("layout"));
        Image image =
                new ImageSelector(layout).select(layout.index().manifests().get(0), Platform.parse(platform));
        JsonNode config = JSON.readTree(image.document().json().toArray());
        assertThat(config.get("architecture").asText())
                .isEqualTo(Platform.parse(platform).architecture());
        assertThat(image.manifest().layers()).hasSize(expected.get("layers").asInt());
        if (expected.has("entrypoint")) {
            assertThat(config.path("config").path("Entrypoint")).isEqualTo(expected.get("entrypoint"));
        }
        FinalFiles files = FinalFiles.of(image);
        if (expected.path("only").asBoolean()) {
            assertThat(files.files()).hasSize(expected.get("files").size());
        }
        Path written = out.resolve("files").resolve(platform.replace('/', '_'));
        for (Map.Entry<String, JsonNode> file : expected.get("files").properties()) {
            String path = file.getKey().substring(1);
            assertThat(files.files()).containsKey(path);
            assertThat(written.resolve(path)).exists();
            if (file.getValue().has("text")) {
                String text = file.getValue().get("text").asText().replace("$BUILDPLATFORM", HOST.formatAll());
                assertThat(files.text(path)).isEqualTo(text);
                assertThat(written.resolve(path)).hasContent(text);
            } else {
                assertThat(machine(files.files().get(path).head()))
                        .as(platform + " " + path)
                        .isEqualTo(file.getValue().get("machine").asText());
            }
            if (file.getValue().has("prints")) {
                assertThat(output(written.resolve(path)))
                        .isEqualTo(file.getValue().get("prints").asText());
            }
        }
    }

    private static String output(Path program) throws IOException {
        Process process = new ProcessBuilder(program.toString()).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The e_machine field of an ELF header. */
    private static String machine(byte[] head) {
        assertThat(head).startsWith(0x7f, 'E', 'L', 'F');
        int machine = head[18] & 0xff | (head[19] & 0xff) << 8;
        return switch (machine) {
            case 62 -> "x86_64";
            case 183 -> "aarch64";
            default -> "machine " + machine;
        };
    }
}
