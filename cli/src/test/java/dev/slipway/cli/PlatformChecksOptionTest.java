package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.cli.SlipwayProcess.Outcome;
import dev.slipway.parser.check.Warning;
import dev.slipway.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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
        assertThat(InProcess.run("check", folder.toString()).out()).contains(OWN, BUILDKITS);
        assertThat(InProcess.run("check", "--no-platform-checks", folder.toString())
                        .out())
                .doesNotContain(OWN)
                .contains(BUILDKITS);
    }

    @Test
    void ourOwnRulesFailNoCheckUnlessThatIsAskedFor() throws Exception {
        String dockerfile = "FROM scratch\nARG TARGETARCH=amd64\nCOPY Dockerfile /\n";
        Files.writeString(folder.resolve("Dockerfile"), dockerfile);
        for (List<String> check :
                List.of(List.of("check"), List.of("build", "--check"), List.of("build", "--call", "check"))) {
            Outcome usual = slipway(check);
            assertThat(usual.exitCode()).as(usual.err()).isZero();
            assertThat(usual.out()).contains(OWN);
            assertThat(slipway(check, "--strict").exitCode()).isEqualTo(1);
        }
        assertThat(slipway(List.of("check"), "--format", "json").out()).contains(OWN);
        assertThat(slipway(List.of("build"), "--strict").err()).contains("--strict is for checks; add --check");
        Files.writeString(folder.resolve("Dockerfile"), DOCKERFILE);
        assertThat(slipway(List.of("check")).exitCode()).isEqualTo(1);
        assertThat(slipway(List.of("build", "--call", "check,format=json,ignorestatus=true"))
                        .exitCode())
                .isZero();
        assertThat(slipway(List.of("build", "--call", "check,ignorestatus=perhaps"))
                        .exitCode())
                .isEqualTo(2);
    }

    private Outcome slipway(List<String> command, String... options) {
        List<String> arguments = new ArrayList<>(command);
        Collections.addAll(arguments, options);
        arguments.add(folder.toString());
        return InProcess.run(arguments.toArray(String[]::new));
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
