package dev.slipway.parser.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.parser.DockerfileParseException;
import dev.slipway.parser.DockerfileParser;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules that need nothing but the text. */
class TextRulesTest {

    @Test
    void stageNamesAreLowerCase() {
        assertThat(warnings("FROM a AS Bc\n"))
                .containsExactly("1 StageNameCasing: Stage name 'Bc' should be lowercase");
    }

    @Test
    void asFollowsFrom() {
        assertThat(warnings("FROM a as b\n"))
                .containsExactly("1 FromAsCasing: 'as' and 'FROM' keywords' casing do not match");
        assertThat(warnings("from a AS b\n")).contains("1 FromAsCasing: 'AS' and 'from' keywords' casing do not match");
    }

    @Test
    void blankLinesDoNotContinueInstructions() {
        assertThat(warnings("FROM a\nRUN a \\\n\n b \\\n\n\n c <<E\nE\n"))
                .containsExactly("7 NoEmptyContinuation: Empty continuation line");
    }

    @Test
    void keywordsFollowTheMajority() {
        assertThat(warnings("arg A\nFROM a\nrun b\nRUN c\nRun d\n"))
                .containsExactly(
                        "3 ConsistentInstructionCasing: Command 'run' should match the case of the command majority"
                                + " (uppercase)",
                        "5 ConsistentInstructionCasing: Command 'Run' should match the case of the command majority"
                                + " (uppercase)");
        assertThat(warnings("from a\nrun b\nRUN c\n"))
                .containsExactly(
                        "3 ConsistentInstructionCasing: Command 'RUN' should match the case of the command majority"
                                + " (lowercase)");
    }

    @Test
    void stageNamesAreUniqueAndNotReserved() {
        assertThat(warnings("FROM a AS b\nFROM a AS B\nFROM a AS scratch\n"))
                .contains(
                        "2 DuplicateStageName: Duplicate stage name \"b\", stage names should be unique",
                        "3 ReservedStageName: Stage name should not use the same name as reserved stage \"scratch\"");
    }

    @Test
    void everyRuleIsListed() throws Exception {
        for (Field field : Rules.class.getFields()) {
            if (field.getType() == Rule.class) {
                assertThat(Rules.ALL).as(field.getName()).contains((Rule) field.get(null));
            }
        }
    }

    @Test
    void maintainerIsDeprecated() {
        assertThat(warnings("FROM a\nMAINTAINER x\n"))
                .containsExactly(
                        "2 MaintainerDeprecated: Maintainer instruction is deprecated in favor of using label");
    }

    @Test
    void descriptionsStartWithTheName() {
        String dockerfile =
                "# check=experimental=all\n# foo bar\nARG a b\n# a is fine\nARG a\n# x\nFROM a AS st\n# y\nFROM b\n";
        assertThat(warnings(dockerfile))
                .containsExactly(
                        "3 InvalidDefinitionDescription: Comment for ARG should follow the format:"
                                + " `# <arg_key> <description>`",
                        "7 InvalidDefinitionDescription: Comment for FROM should follow the format:"
                                + " `# st <description>`");
    }

    @Test
    void aCommentCanSkipARuleForOneInstruction() {
        assertThat(warnings("# hello\n# check=skip=StageNameCasing\nFROM a AS B\nFROM a AS C\n"))
                .containsExactly("4 StageNameCasing: Stage name 'C' should be lowercase");
    }

    @Test
    void whatWasFoundBeforeAFailureStaysReported() {
        List<String> warnings = new ArrayList<>();
        Checks checks = Checks.of(CheckOptions.DEFAULT, warning -> warnings.add(show(warning)));
        String dockerfile = "FROM a AS B\nMAINTAINER\nFOO\n";
        assertThat(parse(dockerfile, checks))
                .isEqualTo("dockerfile parse error on line 2: MAINTAINER requires exactly one argument");
        assertThat(warnings).hasSize(2);
    }

    @Test
    void findingsCanBeFailures() {
        Checks checks = Checks.of(CheckOptions.parse("error=true"), warning -> {});
        parse("FROM a as B\nFROM a as C\n", checks);
        assertThat(checks.violation()).contains("lint violation found for rules: StageNameCasing, FromAsCasing");
        assertThat(Checks.none().violation()).isEmpty();
    }

    private static List<String> warnings(String dockerfile) {
        List<String> warnings = new ArrayList<>();
        CheckOptions options = CheckOptions.of(dockerfile.getBytes(StandardCharsets.UTF_8));
        parse(dockerfile, Checks.of(options, warning -> warnings.add(show(warning))));
        return warnings;
    }

    private static String parse(String dockerfile, Checks checks) {
        try {
            DockerfileParser.parse(dockerfile.getBytes(StandardCharsets.UTF_8), checks);
            return "";
        } catch (DockerfileParseException e) {
            return e.getMessage();
        }
    }

    private static String show(Warning warning) {
        return warning.ranges().get(0).startLine() + " " + warning.rule().name() + ": " + warning.detail();
    }
}
