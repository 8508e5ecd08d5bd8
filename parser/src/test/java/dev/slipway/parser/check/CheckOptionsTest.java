package dev.slipway.parser.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckOptionsTest {

    private static final Rule RULE = Rules.STAGE_NAME_CASING;
    private static final Rule EXPERIMENTAL = Rules.INVALID_DEFINITION_DESCRIPTION;

    @Test
    void byDefaultAllRulesRunButExperimentalOnes() {
        assertThat(CheckOptions.DEFAULT.enables(RULE)).isTrue();
        assertThat(CheckOptions.DEFAULT.enables(EXPERIMENTAL)).isFalse();
        assertThat(CheckOptions.parse(" ")).isEqualTo(CheckOptions.DEFAULT);
    }

    @Test
    void rulesAreSkippedByName() {
        CheckOptions options = CheckOptions.parse("skip = StageNameCasing , Other ;error=T");
        assertThat(options.skip()).isEqualTo(Set.of("StageNameCasing", "Other"));
        assertThat(options.error()).isTrue();
        assertThat(options.enables(RULE)).isFalse();
    }

    @Test
    void skippingAllLeavesExperimentalRulesThatAreAskedFor() {
        CheckOptions options = CheckOptions.parse("skip=all;experimental=all");
        assertThat(options.enables(RULE)).isFalse();
        assertThat(options.enables(EXPERIMENTAL)).isTrue();
        assertThat(CheckOptions.parse("experimental=InvalidDefinitionDescription")
                        .enables(EXPERIMENTAL))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    skip              | invalid check option "skip"
                    foo=bar           | invalid check option "foo"
                    error=yes         | failed to parse check option "error=yes": strconv.ParseBool: parsing "yes": invalid syntax
                    """)
    void wrongOptionsAreRefused(String text, String message) {
        assertThatThrownBy(() -> CheckOptions.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aDockerfileAsksWithADirectiveUpToItsFirstBlank() {
        assertThat(of("# check=skip=A, B\nFROM a\n").skip()).isEqualTo(Set.of("A"));
        assertThat(of("#!shebang\n# syntax=x\n# check=skip=A\n").skip()).isEqualTo(Set.of("A"));
        assertThat(of("FROM a\n# check=skip=A\n")).isEqualTo(CheckOptions.DEFAULT);
        assertThatThrownBy(() -> of("# check=foo\n"))
                .hasMessage("failed to parse check options: invalid check option \"foo\"");
    }

    @Test
    void theFirstCommentThatIsADirectiveCounts() {
        CheckOptions options = CheckOptions.parse("skip=A;error=true");
        CheckOptions merged = options.mergedWith(List.of("hello", "check=skip=B;error=false x", "check=skip=C"));
        assertThat(merged.skip()).isEqualTo(Set.of("A", "B"));
        assertThat(merged.error()).isTrue();
        assertThat(options.mergedWith(List.of("check=foo", "check=skip=B"))).isEqualTo(options);
    }

    private static CheckOptions of(String dockerfile) {
        return CheckOptions.of(dockerfile.getBytes(StandardCharsets.UTF_8));
    }
}
