package dev.slipway.context.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.caller.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextNameTest {

    @ParameterizedTest
    @CsvSource({
        "base, base",
        "alpine:3, alpine:3",
        "docker.io/library/alpine:3, alpine:3",
        "alpine:latest, alpine",
        "quay.io/a/b:latest, quay.io/a/b",
        "base::linux/arm64, base::linux/arm64",
        "index.docker.io/library/base::linux/aarch64, base::linux/arm64"
    })
    void allWaysToWriteANameAreOne(String written, String name) {
        assertThat(ContextName.of(written)).isEqualTo(name);
    }

    @Test
    void aNameThatNothingCanHaveIsRefused() {
        assertThatThrownBy(() -> ContextName.of("Base"))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("invalid build context name Base: ")
                .hasMessageEndingWith(
                        "; use the name of an image or a stage, in lower case, and add ::PLATFORM if it is for one platform");
        assertThatThrownBy(() -> ContextName.of("base::nowhere/at/all/or"))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("invalid build context name base::nowhere/at/all/or: ");
    }
}
