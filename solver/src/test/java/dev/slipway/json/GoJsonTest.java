package dev.slipway.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GoJsonTest {

    @Test
    void whatHtmlCouldMisreadIsEscaped() {
        assertThat(GoJson.array(List.of("<a>&\u2028\u2029", "\"\\\b\f\n\r\t\u0001\u001f\u007f", "é😀")))
                .isEqualTo(
                        "[\"\\u003ca\\u003e\\u0026\\u2028\\u2029\",\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\u007f\",\"é😀\"]");
    }

    @Test
    void bytesThatAreNoTextAreReplaced() {
        assertThat(GoJson.string("a\uDC80b\uD800")).isEqualTo("\"a\\ufffdb\\ufffd\"");
    }

    @Test
    void keysAreSortedByTheirBytes() {
        assertThat(GoJson.KEY_ORDER.compare("😀", "\uffee")).isPositive();
        assertThat(GoJson.KEY_ORDER.compare("a", "b")).isNegative();
        assertThat(GoJson.KEY_ORDER.compare("a", "aa")).isNegative();
        assertThat(GoJson.KEY_ORDER.compare("a", "a")).isZero();
    }
}
