package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.WINDOWS;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(WINDOWS)
class CheckoutTest {

    @TempDir
    private Path folder;

    private Path context;

    @BeforeEach
    void makeContext() throws Exception {
        context = Files.createDirectories(folder.resolve("reference/context"));
        Files.writeString(context.resolve("data"), "x");
        Files.writeString(context.resolve("name"), "data");
    }

    private Path checkOut(String files) throws Exception {
        String json = "{'cases': [{'images': [{'files': {" + files + "}}]}]}";
        Files.writeString(folder.resolve("reference/expected.json"), json.replace('\'', '"'));
        Path copy = folder.resolve("copy");
        ExpectedBuilds.checkOut(folder.resolve("reference"), copy);
        return copy;
    }

    @Test
    void aFileThatNamesAnotherIsALinkThatCouldNotBeKept() throws Exception {
        Path copy = checkOut("'/name': {'type': 'symlink', 'target': 'data'}");
        assertThat(Files.readSymbolicLink(copy.resolve("name"))).hasToString("data");
    }

    @Test
    void aFileThatAnImageHoldsAsItIsIsNoLink() throws Exception {
        String digest = "3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7";
        Path copy = checkOut("'/renamed': {'type': 'file', 'size': 4, 'sha256': '" + digest + "', 'text': 'data'}");
        assertThat(copy.resolve("name")).isRegularFile().hasContent("data");
        assertThat(Files.isSymbolicLink(copy.resolve("name"))).isFalse();
    }

    @Test
    void aRealLinkStaysOne() throws Exception {
        Files.createSymbolicLink(context.resolve("link"), Path.of("nowhere"));
        assertThat(Files.readSymbolicLink(checkOut("").resolve("link"))).hasToString("nowhere");
    }

    @Test
    void modesAreThoseOfACheckout() throws Exception {
        Files.setPosixFilePermissions(context.resolve("data"), PosixFilePermissions.fromString("rwx------"));
        Path copy = checkOut("");
        Map<String, String> modes = Map.of("data", "rwxr-xr-x", ".", "rwxr-xr-x");
        for (Map.Entry<String, String> mode : modes.entrySet()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.resolve(mode.getKey()))))
                    .isEqualTo(mode.getValue());
        }
    }
}
