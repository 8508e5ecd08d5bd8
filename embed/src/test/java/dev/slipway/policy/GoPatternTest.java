package dev.slipway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoPatternTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "^[[:alpha:]]+$ abc true",
                "^[[:alpha:]]+$ a1 false",
                "^[[:^digit:]]+$ abc true",
                "^[a[b]+$ [ab true",
                "^[a&&b]+$ a&b true",
                "^[]a]+$ ]a] true",
                "^[^]a]+$ b true",
                "^(?P<x>a)(?:b)$ ab true",
                "^(?i)ABC$ abc true",
                "^(?i:A)b$ aB false",
                "^\\p{L}+$ abc true",
                "^\\pL+$ ab1 false",
                "^\\x61\\x{62}+$ abb true",
                "^\\Qa.b\\E$ axb false",
                "^a{2,3}?$ aaa true",
                "a+?b aab true",
                "^\\w+\\.\\d$ ab.1 true"
            })
    void anExpressionMeansWhatItMeansInGo(String expression, String text, boolean matches) {
        assertThat(GoPattern.compile(expression).matcher(text).find()).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?=a)", "(?!a)", "(?<=a)", "(?>a)", "(a)\\1", "a++", "a*+", "a{2}+", "\\Z", "\\h", "(?x)a", "[a",
                "a\\", "[[:x:]]", "a("
            })
    void whatGoDoesNotHaveIsRefused(String expression) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GoPattern.compile(expression))
                .withMessageStartingWith("invalid regex \"" + expression + "\": ");
    }
}
