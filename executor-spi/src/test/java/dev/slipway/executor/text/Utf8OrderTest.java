package dev.slipway.executor.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Utf8OrderTest {

    private static final Utf8Order ORDER = Utf8Order.INSTANCE;

    @Test
    void textsAreSortedByTheirBytes() {
        assertThat(ORDER.compare("😀", "\uffee")).isPositive();
        assertThat(ORDER.compare("a", "b")).isNegative();
        assertThat(ORDER.compare("a", "aa")).isNegative();
        assertThat(ORDER.compare("a", "a")).isZero();
    }
}
