package dev.slipway.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextFilesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "../a", "a/../b", "./a", "a\\b", "a\0"})
    void aPathThatLeadsToNoFileIsRefused(String path) {
        assertThatThrownBy(() -> ContextFiles.EMPTY.text(path, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + path + "' is not the path of a file");
        assertThatThrownBy(() -> ContextFiles.of(Map.of(path, new byte[0])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFileIsNoFolderAsWell() {
        ContextFiles file = ContextFiles.EMPTY.text("a", "x").text("a.b", "x");
        assertThatThrownBy(() -> file.text("a/b/c", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a is a file, and cannot be a folder of a/b/c");
        ContextFiles folder = ContextFiles.EMPTY.text("a/b", "x").text("a.b", "x");
        assertThatThrownBy(() -> folder.text("a", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a is a folder of other files, and cannot be a file");
    }

    @Test
    void aModeHasPermissionsOnly() {
        assertThatThrownBy(() -> ContextFiles.EMPTY.text("a", "x", 04755))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the mode 4755 has more than the permission bits, 0777");
    }

    @Test
    void filesWithTheSameContentAndModesAreEqual() {
        assertThat(ContextFiles.EMPTY.text("a", "x").text("b", "y"))
                .isEqualTo(ContextFiles.of(Map.of("b", new byte[] {'y'}, "a", new byte[] {'x'})))
                .isNotEqualTo(ContextFiles.EMPTY.text("a", "x", 0755).text("b", "y"))
                .hasToString("2 files in memory");
    }

    @Test
    void aResourceCanBeAFile() {
        ContextFiles files =
                ContextFiles.EMPTY.resource("lib/Test.class", ContextFilesTest.class, "ContextFilesTest.class");
        assertThat(files.entries().get("lib/Test.class").content().length()).isPositive();
    }
}
