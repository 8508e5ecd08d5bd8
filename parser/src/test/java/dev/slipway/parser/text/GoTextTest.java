package dev.slipway.parser.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a'b    | "a'b"
                    a"b\\  | "a\\"b\\\\"
                    é한😀  | "é한😀"
                    """)
    void textIsQuoted(String text, String quoted) {
        assertThat(GoText.quote(text)).isEqualTo(quoted);
    }

    @Test
    void whatIsNotPrintableIsEscaped() {
        assertThat(GoText.quote("\0\007\b\t\n\013\f\r\033\177")).isEqualTo("\"\\x00\\a\\b\\t\\n\\v\\f\\r\\x1b\\x7f\"");
        assertThat(GoText.quote("\u00A0\u200B\uFEFF")).isEqualTo("\"\\u00a0\\u200b\\ufeff\"");
        assertThat(GoText.quote(Character.toString(0xE0001))).isEqualTo("\"\\U000e0001\"");
        assertThat(GoText.quote("a\uDCFFb")).isEqualTo("\"a\\xffb\"");
    }

    @Test
    void letterCaseChangesCharacterByCharacter() {
        assertThat(GoText.toUpperCase("straße")).isEqualTo("STRAßE");
        assertThat(GoText.toLowerCase("ΣΑΣ")).isEqualTo("σασ");
        assertThat(GoText.toLowerCase("A\uDCFF")).isEqualTo("a\uFFFD");
    }

    @Test
    void truthHasManySpellings() {
        assertThat(GoText.parseBool("T")).contains(true);
        assertThat(GoText.parseBool("False")).contains(false);
        assertThat(GoText.parseBool("yes")).isEmpty();
    }
}
