package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.llb.Platform;
import dev.slipway.oci.ImageSelector;
import dev.slipway.oci.layer.UnixText;
import dev.slipway.oci.layout.OciLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** File names are bytes: whatever they are, and whatever the locale, an image has those of the context. */
@Tag("end-to-end")
class FileNamesTest {

    private static final String FILES =
            "mkdir sub && echo 1 > \"$(printf 'caf\\351')\" && echo 2 > \"$(printf 'sub/\\377\\376')\""
                    + " && echo 3 > \"$(printf 'gr\\303\\274n')\" && ln -s \"$(printf 'caf\\351')\" link && echo 4 > plain";

    private static final String LOOK =
            "cat \"$(printf 'caf\\351')\" \"$(printf 'sub/\\377\\376')\" \"$(printf 'gr\\303\\274n')\"" + " link plain";

    @TempDir
    private Path folder;

    private static String shell(Path folder, String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", script)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void areKeptInEveryLocale(String locale) throws Exception {
        Path context = Files.createDirectory(folder.resolve("context"));
        Path layout = folder.resolve("layout");
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY . /\n");
        shell(context, FILES);
        SlipwayProcess.Outcome outcome = SlipwayProcess.run(
                folder.resolve("home"),
                new byte[0],
                Map.of("LC_ALL", locale),
                "build",
                "--output",
                "type=oci,tar=false,dest=" + layout,
                "--output",
                folder.resolve("out").toString(),
                context.toString());
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();

        OciLayout opened = OciLayout.open(layout);
        var image = new ImageSelector(opened).select(opened.index().manifests().get(0), Platform.host());
        var files = new TreeMap<>(FinalFiles.of(image).files());
        files.remove("Dockerfile");
        String latin = UnixText.decode(new byte[] {'c', 'a', 'f', (byte) 0xE9});
        String bytes = UnixText.decode(new byte[] {(byte) 0xFF, (byte) 0xFE});
        assertThat(files).containsOnlyKeys(latin, "gr\u00fcn", "link", "plain", "sub", "sub/" + bytes);
        assertThat(files.get("link").entry().linkTarget()).isEqualTo(latin);
        assertThat(shell(folder.resolve("out"), LOOK)).isEqualTo("1\n2\n3\n1\n4\n");
    }
}
