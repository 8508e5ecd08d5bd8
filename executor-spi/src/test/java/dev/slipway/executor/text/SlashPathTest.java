package dev.slipway.executor.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlashPathTest {

    @ParameterizedTest
    @CsvSource({
        "'', .",
        "., .",
        "/, /",
        "//, /",
        "a, a",
        "a/, a",
        "/a/b/, /a/b",
        "a//b/./c, a/b/c",
        "a/../b, b",
        "a/b/.., a",
        "a/.., .",
        ".., ..",
        "../../a, ../../a",
        "a/../../b, ../b",
        "/.., /",
        "/../a, /a",
        "/a/../../b, /b",
        "..a/.b, ..a/.b",
        "/a.b/c.., /a.b/c..",
        "./, .",
    })
    void aPathHasOneShortestForm(String path, String clean) {
        assertThat(SlashPath.clean(path)).isEqualTo(clean);
    }

    @ParameterizedTest
    @CsvSource({"'', '', ''", "'', a/, a", "a/, '', a", "a, b, a/b", "/, b, /b", "a, /b, a/b", "/a, ../b, /b"})
    void twoPathsAreJoined(String parent, String child, String joined) {
        assertThat(SlashPath.join(parent, child)).isEqualTo(joined);
    }

    @ParameterizedTest
    @CsvSource({"'', .", "/, /", "//, /", "a, a", "/a/b, b", "/a/b/, b", "a//, a"})
    void aPathEndsInAName(String path, String base) {
        assertThat(SlashPath.base(path)).isEqualTo(base);
    }
}
