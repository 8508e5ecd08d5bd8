package dev.slipway.context.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.ImageReference;
import dev.slipway.llb.Digest;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutNamesTest {

    private static final String HEX = Digest.sha256("x").hex();

    @ParameterizedTest
    @CsvSource({
        "alpine, alpine",
        "alpine:3.20, alpine-3.20",
        "quay.io/libpod/alpine, quay.io/libpod/alpine",
        "alpine@sha256, alpine-sha256",
        "Base, base"
    })
    void aLayoutIsCalledLikeItsContext(String context, String name) {
        assertThat(LayoutNames.of(context, Set.of())).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "-", "ä", "a..b", "/a", "a/", "${X}"})
    void oneThatNoReferenceCouldHaveIsCalledOtherwise(String context) {
        assertThat(LayoutNames.of(context, Set.of())).matches("layout-[0-9a-f]{12}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "alpine:3.20@sha256", "Base", "a/b:c"})
    void everyNameCanStandInAReference(String context) {
        String reference = LayoutNames.of(context, Set.of()) + "@sha256:" + HEX;

        assertThat(ImageReference.parse(reference).toString()).endsWith(reference);
    }

    @Test
    void aNameLikeAnImageIdOrAVeryLongOneIsCalledOtherwise() {
        assertThat(LayoutNames.of(HEX, Set.of())).startsWith("layout-");
        assertThat(LayoutNames.of("a".repeat(300), Set.of())).startsWith("layout-");
    }

    @Test
    void twoContextsThatWouldBeCalledAlikeAreNot() {
        String first = LayoutNames.of("alpine:3", Set.of());

        assertThat(LayoutNames.of("alpine-3", Set.of(first)))
                .isNotEqualTo(first)
                .startsWith(first);
    }
}
