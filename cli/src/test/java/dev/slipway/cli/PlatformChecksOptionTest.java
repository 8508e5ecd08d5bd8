package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.parser.check.Warning;
import dev.slipway.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our own checks are a group that can be left out as a whole, and rule by rule. */
@Tag("end-to-end")
class PlatformChecksOptionTest {

    private static final String DOCKERFILE = "FROM scratch\nARG TARGETARCH=amd64\nMAINTAINER me\nCOPY Dockerfile /\n";
    private static final String OWN = "PinnedPlatformArg";
    private static final String BUILDKITS = "MaintainerDeprecated";

    @TempDir
    private Path folder;

    @Test
    void theGroupIsLeftOutAsAWholeOrRuleByRule() throws Exception {
        Files.writeString(folder.resolve("Dockerfile"), DOCKERFILE);
        BuildRequest request = BuildRequest.of(folder);
        BuildRequest skipping = request.dockerfileText("# check=skip=" + OWN + "\n" + DOCKERFILE);
        BuildRequest skippingOne =
                request.dockerfileText(DOCKERFILE.replaceFirst("ARG ", "# check=skip=" + OWN + "\nARG "));
        try (Slipway slipway = Slipway.open(folder.resolve("home"))) {
            assertThat(found(slipway, request)).containsExactlyInAnyOrder(OWN, BUILDKITS);
            for (BuildRequest without : List.of(request.withoutPlatformChecks(), skipping, skippingOne)) {
                assertThat(found(slipway, without)).containsExactly(BUILDKITS);
            }
        }
        assertThat(SlipwayProcess.run(folder.resolve("home"), "check", folder.toString())
                        .out())
                .contains(OWN, BUILDKITS);
        assertThat(SlipwayProcess.run(folder.resolve("home"), "check", "--no-platform-checks", folder.toString())
                        .out())
                .doesNotContain(OWN)
                .contains(BUILDKITS);
    }

    /** What a check and a build find, which is the same. */
    private static List<String> found(Slipway slipway, BuildRequest request) throws InterruptedException {
        List<String> checked = names(slipway.check(request).warnings().stream());
        List<String> built = names(slipway.build(request, Progress.none()).warnings().stream());
        assertThat(built).containsExactlyInAnyOrderElementsOf(checked);
        return checked;
    }

    private static List<String> names(Stream<Warning> warnings) {
        return warnings.map(warning -> warning.rule().name()).toList();
    }
}
