package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds images for Windows and compares them with those that the reference engine made on Linux, entry by entry. The folder is
 * named by the property {@code slipway.windows}; its base image is made by the script in it.
 */
@Tag("end-to-end")
class WindowsHarnessTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path FOLDER =
            Path.of(System.getProperty("slipway.windows", ROOT + "/../shared/reference/windows"));
    private static final Path LINUX_BASE =
            Path.of(System.getProperty("slipway.builds.base", ROOT + "/target/images/reference-base"));
    private static final String PLATFORM = "windows/amd64";

    @TempDir
    private Path temporary;

    @Test
    void everyBuildForWindowsGivesWhatTheReferenceGives() throws Exception {
        assumeTrue(Files.isDirectory(FOLDER), "no folder of builds for Windows at " + FOLDER);
        assumeTrue(Files.isDirectory(LINUX_BASE), "no base image at " + LINUX_BASE);
        makeBase();
        Path context = temporary.resolve("context");
        ExpectedBuilds.checkOut(FOLDER, context);
        List<String> different = new ArrayList<>();
        int total = 0;
        try (Slipway slipway = Slipway.open(temporary.resolve("home"), Map.of())) {
            for (JsonNode expected : ExpectedBuilds.of(FOLDER)) {
                total++;
                String name = expected.get("dockerfile").asText();
                List<String> differences = differences(slipway, context, name, expected);
                if (!differences.isEmpty()) {
                    different.add(name);
                    System.out.println(name);
                    differences.forEach(difference -> System.out.println("    " + difference));
                }
            }
        }
        System.out.println("windows builds equal: " + (total - different.size()) + "/" + total);
        assertThat(different).isEmpty();
    }

    private void makeBase() throws IOException, InterruptedException {
        Process script = new ProcessBuilder("python3", FOLDER.resolve("make.py").toString(), base().toString())
                .inheritIO()
                .start();
        assertThat(script.waitFor()).as("exit code of make.py").isZero();
    }

    private Path base() {
        return temporary.resolve("nanoserver");
    }

    private List<String> differences(Slipway slipway, Path context, String dockerfile, JsonNode expected)
            throws Exception {
        Path layout = Files.createTempDirectory(temporary, "out").resolve("layout");
        BuildRequest request = BuildRequest.of(context)
                .dockerfile(context.resolve(dockerfile))
                .platforms(PLATFORM)
                .buildContext("nanoserver", "oci-layout://" + base())
                .buildContext("alpine", "oci-layout://" + LINUX_BASE)
                .output(Output.ociLayout(layout));
        try {
            slipway.build(request, Progress.none());
        } catch (BuildException e) {
            return List.of("fails: " + e.getMessage());
        }
        List<String> differences = new ArrayList<>(ValidImages.problems(layout));
        differences.addAll(
                WindowsImage.read(layout).differences(expected.get("images").get(0)));
        return differences;
    }
}
