package dev.slipway.frontend.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemPathTest {

    @ParameterizedTest
    @CsvSource({
        "linux, /w, b, /w/b",
        "linux, /w, b/, /w/b/",
        "linux, /w, ., /w/",
        "linux, /w, '', /w/",
        "linux, /w, b/., /w/b/.",
        "linux, /, ., /",
        "linux, /w, /., /.",
        "linux, /w, c:\\x, /w/c:\\x",
        "windows, /w, c:\\x\\, /x/",
        "windows, /w, x\\y, /w/x/y",
        "windows, /w, C:x, /w/x",
        "windows, /w, \\x, /x",
    })
    void aDestinationIsAbsolute(String os, String directory, String written, String destination) {
        assertThat(SystemPath.destination(directory, written, os)).isEqualTo(destination);
    }

    @ParameterizedTest
    @CsvSource({
        "linux, /a, true",
        "linux, a, false",
        "linux, c:/a, false",
        "windows, c:/a, true",
        "windows, c:a, false",
        "windows, \\a, true",
        "windows, d:/a, false",
    })
    void aPathIsAbsoluteOrNot(String os, String path, boolean absolute) {
        assertThat(SystemPath.isAbsolute(path, os)).isEqualTo(absolute);
    }

    @Test
    void otherDrivesAreRefused() {
        assertThatThrownBy(() -> SystemPath.destination("/", "d:/x", "windows"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("removing drive letter: The specified path is not on the system drive (C:)");
    }
}
