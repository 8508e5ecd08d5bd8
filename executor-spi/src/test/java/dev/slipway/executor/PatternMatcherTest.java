package dev.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.executor.PatternMatcher.Match;
import dev.slipway.llb.ReferenceFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternMatcherTest {

    @TestFactory
    Stream<DynamicTest> theReferenceIgnoresTheSame() {
        JsonNode reference = ReferenceFolder.json("vectors/ignore-patterns.json");
        List<String> paths = texts(reference.path("paths"));
        return StreamSupport.stream(reference.path("match").spliterator(), false)
                .map(json -> DynamicTest.dynamicTest(json.path("patterns").toString(), () -> check(json, paths)));
    }

    private static void check(JsonNode json, List<String> paths) {
        List<String> patterns = texts(json.path("patterns"));
        if (json.has("error")) {
            assertThatThrownBy(() -> PatternMatcher.of(patterns))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(json.path("error").asText());
            return;
        }
        PatternMatcher matcher = PatternMatcher.of(patterns);
        assertThat(paths.stream().filter(matcher::matches)).containsExactlyElementsOf(texts(json.path("ignored")));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    @Test
    void anExceptionForAFolderThatWasNotChosenDoesNotReachBelowOnTheWayDown() {
        PatternMatcher matcher = PatternMatcher.of(List.of("a/b", "!a"));
        Match folder = matcher.match("a", Match.NONE);
        assertThat(matcher.match("a/b", folder).matches()).isTrue();
        assertThat(matcher.matches("a/b")).isFalse();
    }

    @Test
    void aFolderIsWalkedOnlyIfSomethingInItMayHaveAnotherOutcome() {
        PatternMatcher matcher = PatternMatcher.of(List.of("node_modules", "docs", "!docs/keep.md"));
        assertThat(matcher.mayChangeBelow("node_modules", true)).isFalse();
        assertThat(matcher.mayChangeBelow("docs", true)).isTrue();
        assertThat(matcher.mayChangeBelow("src", false)).isFalse();
        assertThat(PatternMatcher.of(List.of("**/*.md")).mayChangeBelow("src", false))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "*.txt, a.txt, true",
        "*.txt, d/a.txt, false",
        "a/*/c, a/b/c, true",
        "a?c, a/c, false",
        "a?c, aéc, true",
        "[a-c]x, bx, true",
        "[^a-c]x, bx, false",
        "[\\]]x, ]x, true",
        "a\\*b, a*b, true",
        "a\\*b, axb, false",
        "*a*b, xxaxxb, true",
        "*a*b, xxaxx, false",
        "'', '', true",
    })
    void aGlobStandsForWholePaths(String pattern, String path, boolean expected) {
        assertThat(Glob.of(pattern).matches(path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"[", "a[", "a\\", "[]a]", "[-a]", "[a-]", "[^]"})
    void aDamagedGlobIsRefused(String pattern) {
        assertThatThrownBy(() -> Glob.of(pattern)).hasMessage("syntax error in pattern");
    }
}
