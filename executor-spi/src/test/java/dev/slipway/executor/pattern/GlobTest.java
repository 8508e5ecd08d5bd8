package dev.slipway.executor.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

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
