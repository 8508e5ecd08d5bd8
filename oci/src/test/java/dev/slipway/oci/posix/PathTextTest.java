package dev.slipway.oci.posix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.layer.UnixText;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathTextTest {

    /** Bytes that are no UTF-8, and characters that an address or a damaged text would have. */
    private static final String NAME = UnixText.decode(new byte[] {'a', (byte) 0xFF, '%', (byte) 0xC3, '?', ' '});

    @TempDir
    Path folder;

    @Test
    void aNameThatIsNoTextIsFoundAgain() throws Exception {
        Path inner = PathText.resolve(PathText.resolve(folder, NAME), "\u00fc");
        Files.createDirectories(inner);

        assertThat(PathText.nameOf(only(folder))).isEqualTo(NAME);
        assertThat(PathText.nameOf(only(only(folder)))).isEqualTo("\u00fc");
        assertThat(Posix.get().xattrs(only(folder))).isEmpty();
    }

    @Test
    void theTargetOfALinkMayBeNoText() throws Exception {
        for (String target : List.of(NAME, "/" + NAME + "/x", "../" + NAME)) {
            Path link = Files.createTempDirectory(folder, "d").resolve("link");
            Posix.get().makeLink(link, UnixText.encode(target));

            assertThat(PathText.of(Files.readSymbolicLink(link))).isEqualTo(target);
        }
    }

    @Test
    void theCharacterForDamageIsText() throws Exception {
        Files.createFile(folder.resolve("\uFFFD"));

        assertThat(PathText.nameOf(only(folder))).isEqualTo("\uFFFD");
    }

    private static Path only(Path folder) throws Exception {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            return files.iterator().next();
        }
    }
}
