package dev.slipway.parser.ignore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
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

    @Test
    void aFileIsReadLineByLine() {
        String file = "\uFEFF# comment\n\n  a/b/  \r\n # no comment\n/root\n/\n! /c/./d\n!\n../x\n";
        assertThat(IgnoreFile.parse(file.getBytes(StandardCharsets.UTF_8)))
                .containsExactly("a/b", "# no comment", "root", "/", "!c/d", "!", "../x");
    }

    @Test
    void aFileWithALineTooLongIsRefused() {
        byte[] file = "x".repeat(70_000).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> IgnoreFile.parse(file)).hasMessage("bufio.Scanner: token too long");
    }
}
