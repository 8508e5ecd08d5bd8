package dev.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutAddressTest {

    @TempDir
    private Path folder;

    @Test
    void aFolderMayHaveATagAndADigestBehindIt() {
        String digest = "@sha256:" + "0".repeat(64);
        assertThat(LayoutAddress.parse("images/alpine")).isEqualTo(new LayoutAddress(Path.of("images/alpine"), ""));
        assertThat(LayoutAddress.parse("images/alpine:3.22"))
                .isEqualTo(new LayoutAddress(Path.of("images/alpine"), ":3.22"));
        assertThat(LayoutAddress.parse("images/alpine" + digest))
                .isEqualTo(new LayoutAddress(Path.of("images/alpine"), digest));
        assertThat(LayoutAddress.parse("images/alpine:3.22" + digest))
                .isEqualTo(new LayoutAddress(Path.of("images/alpine"), ":3.22" + digest));
    }

    @Test
    void aFolderWhoseNameHasAColonIsFound() throws IOException {
        Path layout = Files.createDirectory(folder.resolve("alpine:3.22"));
        assertThat(LayoutAddress.parse(layout.toString())).isEqualTo(new LayoutAddress(layout, ""));
    }

    @Test
    void aColonInAFolderAboveIsNoTag() {
        assertThat(LayoutAddress.parse("a:b/alpine")).isEqualTo(new LayoutAddress(Path.of("a:b/alpine"), ""));
    }
}
