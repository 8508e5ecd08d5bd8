package dev.slipway.llb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModeChangeTest {

    @ParameterizedTest
    @CsvSource({
        "'u+x', 0644, 0744",
        "'a-w', 0666, 0444",
        "'+x', 0644, 0755",
        "'=r', 0777, 0444",
        "'go=', 0755, 0700",
        "'u=rwX,go=rX', 0600, 0644",
        "'u=rwX,go=rX', 0711, 0755",
        "'+X', 0640, 0640",
        "'+X', 0740, 0751",
        "'g=u', 0750, 0770",
        "'o=g-w', 0670, 0675",
        "'go=u-w', 0700, 0755",
        "'u-g', 0770, 0070",
        "'u+s', 0755, 04755",
        "'+t', 0755, 01755",
        "'o+s', 0755, 0755",
        "'+rt', 0440, 01440",
        "'=tr', 0777, 01777",
        "'a=rx,u+w', 0000, 0755",
        "'u=', 04755, 0055",
        "'u+r-w+x', 0200, 0500"
    })
    void aFileChangesAsWithChmod(String text, String before, String after) {
        assertThat(ModeChange.parse(text).apply(Integer.parseInt(before, 8), false))
                .isEqualTo(Integer.parseInt(after, 8));
    }

    @ParameterizedTest
    @CsvSource({"'644', 07777, 0644", "'0', 0755, 0000", "'7000', 0755, 07000"})
    void aNumberReplacesAllBits(String text, String before, String after) {
        assertThat(ModeChange.parse(text).apply(Integer.parseInt(before, 8), false))
                .isEqualTo(Integer.parseInt(after, 8));
    }

    @ParameterizedTest
    @CsvSource({"'+X', 0640, 0751", "'u=rwX,go=rX', 0600, 0755", "'-X', 0755, 0644"})
    void aFolderMayAlwaysBeSearched(String text, String before, String after) {
        assertThat(ModeChange.parse(text).apply(Integer.parseInt(before, 8), true))
                .isEqualTo(Integer.parseInt(after, 8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u", "u+x,", ",u+x", "u*x", "u+q", "64a", "8", "10000"})
    void otherTextIsNoMode(String text) {
        assertThatThrownBy(() -> ModeChange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("invalid syntax");
    }
}
