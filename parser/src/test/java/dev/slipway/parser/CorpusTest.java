package dev.slipway.parser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.parser.check.CheckOptions;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Rule;
import dev.slipway.parser.check.Rules;
import dev.slipway.parser.check.Warning;
import dev.slipway.parser.tree.Dockerfile;
import dev.slipway.parser.tree.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares with what the reference made of real Dockerfiles, as far as it follows from the text alone. */
class CorpusTest {

    private static final Set<Rule> TEXT_RULES = Set.of(
            Rules.STAGE_NAME_CASING,
            Rules.FROM_AS_CASING,
            Rules.NO_EMPTY_CONTINUATION,
            Rules.CONSISTENT_INSTRUCTION_CASING,
            Rules.DUPLICATE_STAGE_NAME,
            Rules.RESERVED_STAGE_NAME,
            Rules.MAINTAINER_DEPRECATED,
            Rules.INVALID_DEFINITION_DESCRIPTION);

    private final List<String> failures = new ArrayList<>();

    @Test
    void everyDockerfileGivesTheReferencesTargetsOrItsFailure() {
        List<Corpus.Case> cases = Corpus.cases();
        int parsed = 0;
        int compared = 0;
        for (Corpus.Case item : cases) {
            JsonNode reference = item.reference();
            String actual;
            try {
                actual = targets(DockerfileParser.parse(item.dockerfile()));
                parsed++;
            } catch (DockerfileParseException e) {
                actual = e.getMessage();
            }
            boolean silent = !reference.has("targets") && !reference.has("checkError");
            String expected = silent ? actual : targets(reference);
            compared += reference.has("targets") ? 1 : 0;
            if (!withoutSuggestion(actual).equals(withoutSuggestion(expected))) {
                failures.add(item.name() + "\n  expected " + expected + "\n  actual   " + actual);
            }
        }
        System.out.printf(
                "parsed: %d, refused: %d, targets compared: %d; as the reference: %d/%d%n",
                parsed, cases.size() - parsed, compared, cases.size() - failures.size(), cases.size());
        assertThat(failures).isEmpty();
    }

    @Test
    void theRulesForTextFindWhatTheReferenceFinds() {
        List<Corpus.Case> cases = Corpus.cases();
        for (Corpus.Case item : cases) {
            Set<String> expected = new TreeSet<>();
            for (JsonNode check : item.reference().path("checks")) {
                if (TEXT_RULES.stream()
                        .anyMatch(rule -> rule.name().equals(check.path("rule").asText()))) {
                    expected.add(check.path("rule").asText() + ": "
                            + check.path("message").asText() + " " + check.path("ranges"));
                }
            }
            Set<String> actual = warnings(item.dockerfile());
            if (!actual.equals(expected)) {
                failures.add(item.name() + "\n  expected " + expected + "\n  actual   " + actual);
            }
        }
        System.out.printf("checks of text as the reference: %d/%d%n", cases.size() - failures.size(), cases.size());
        assertThat(failures).isEmpty();
    }

    private static Set<String> warnings(byte[] dockerfile) {
        Set<String> warnings = new TreeSet<>();
        Checks checks = Checks.of(
                CheckOptions.of(dockerfile),
                warning -> warnings.add(warning.rule().name() + ": " + describe(warning)));
        try {
            DockerfileParser.parse(dockerfile, checks);
        } catch (DockerfileParseException e) {
            // what was found before counts
        }
        return warnings;
    }

    private static String describe(Warning warning) {
        return warning.detail() + " "
                + warning.ranges().stream()
                        .map(range -> "[" + range.startLine() + ",0," + range.endLine() + ",0]")
                        .collect(Collectors.joining(",", "[", "]"));
    }

    /** The targets as one line, or the failure that kept the reference from listing them. */
    private static String targets(JsonNode reference) {
        JsonNode targets = reference.path("targets");
        if (!targets.isArray()) {
            return reference.path("checkError").asText();
        }
        StringBuilder out = new StringBuilder();
        for (JsonNode target : targets) {
            out.append(target.path("Name").asText()).append('|');
            out.append(target.path("Base").asText()).append('|');
            out.append(target.path("Platform").asText()).append('|');
            out.append(target.path("Description").asText()).append('|');
            out.append(target.path("Default").asBoolean()).append('\n');
        }
        return out.toString();
    }

    private static String targets(Dockerfile dockerfile) {
        StringBuilder out = new StringBuilder();
        List<Stage> stages = dockerfile.stages();
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            out.append(stage.name()).append('|');
            out.append(stage.from().base()).append('|');
            out.append(stage.from().platform()).append('|');
            out.append(stage.description()).append('|');
            out.append(i == stages.size() - 1).append('\n');
        }
        return out.toString();
    }

    /** Of several equally near words, the reference suggests any. */
    private static String withoutSuggestion(String message) {
        return message.replaceFirst(" \\(did you mean .*\\?\\)$", "");
    }
}
