package dev.slipway.executor.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.executor.pattern.PatternMatcher.Match;
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
import org.junit.jupiter.params.provider.ValueSource;

class PatternMatcherTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        a            | a            | true
        a            | a/b/c        | true
        a            | b/a          | false
        a*           | ab           | true
        a*           | x/ab         | false
        */b          | a/b/c        | true
        **           | a/b          | true
        **/b         | b            | true
        **/b         | a/c/b        | true
        **/b         | a/xb         | false
        **b          | a/xb         | true
        a/**         | a/b/c        | true
        a/**         | a            | false
        a/**/b       | a/b          | true
        a/**/b       | a/x/y/b      | true
        a/**/b       | a/xb         | false
        a?c          | abc          | true
        a?c          | a/c          | false
        [a-c]x       | bx           | true
        [^a-c]x      | bx           | false
        [^a]         | /            | true
        a\\*         | a*           | true
        a\\*         | ab           | false
        a.b          | axb          | false
        a*.b         | axxb         | false
        (a+)*        | (a+)b        | true
        x^*          | x^y          | false
        x\\d*        | x5           | true
        [*]          | []           | true
        [*]          | *            | false
        """)
    void aPatternMatchesAPathOrNot(String pattern, String path, boolean matches) {
        assertThat(PatternMatcher.of(List.of(pattern)).matches(path)).isEqualTo(matches);
    }

    @Test
    void theLastPatternThatMatchesCounts() {
        PatternMatcher matcher = PatternMatcher.of(List.of("*", "!src", "src/gen", "!src/gen/keep"));
        assertThat(matcher.matches("README")).isTrue();
        assertThat(matcher.matches("src/a")).isFalse();
        assertThat(matcher.matches("src/gen/a")).isTrue();
        assertThat(matcher.matches("src/gen/keep")).isFalse();
        assertThat(matcher.hasExceptions()).isTrue();
    }

    @Test
    void patternsAreCleaned() {
        PatternMatcher matcher = PatternMatcher.of(List.of(" ./a//b/ ", "", "a/../c", "!d"));
        assertThat(matcher.patterns()).containsExactly("a/b", "c", "!d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "a[", "[]", "[a", "[-a]", "[a-]", "[^]", "a\\", "*[a"})
    void brokenPatternsAreRefused(String pattern) {
        assertThatThrownBy(() -> PatternMatcher.of(List.of(pattern)))
                .isInstanceOf(PatternException.class)
                .hasMessage("syntax error in pattern");
    }

    @Test
    void anExclamationMarkAloneIsRefused() {
        assertThatThrownBy(() -> PatternMatcher.of(List.of("!"))).hasMessage("illegal exclusion pattern: \"!\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x*\\c", "[c-a]x", "x*[a"})
    void someMistakesShowOnlyWhenAPathIsMatched(String pattern) {
        PatternMatcher matcher = PatternMatcher.of(List.of(pattern));
        assertThatThrownBy(() -> matcher.matches("x")).hasMessage("syntax error in pattern");
    }

    @Test
    void patternsWithManyStarsTakeNoTime() {
        String path = "a/".repeat(500) + "b".repeat(1000);
        assertThat(PatternMatcher.of(List.of("*b*b*b*b*b*b*b*b*b*b*b*b*c")).matches(path))
                .isFalse();
        assertThat(PatternMatcher.of(List.of("**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/c"))
                        .matches(path))
                .isFalse();
    }

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

    @Test
    void aSetMayBeLong() {
        PatternMatcher matcher = PatternMatcher.of(List.of("[" + "a".repeat(30_000) + "z]"));
        assertThat(matcher.match("z", Match.NONE).matches()).isTrue();
        assertThat(matcher.match("b", Match.NONE).matches()).isFalse();
    }
}
