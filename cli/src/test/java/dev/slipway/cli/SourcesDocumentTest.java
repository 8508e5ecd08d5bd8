package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.SlipwayProcess.Outcome;
import dev.slipway.llb.SourceOp;
import dev.slipway.policy.SourceDeniedException;
import dev.slipway.policy.SourcePolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/sources.md shows works as it stands there. */
class SourcesDocumentTest {

    private static final Path DOCUMENT =
            Path.of(System.getProperty("slipway.root", "..")).resolve("docs/sources.md");

    @TempDir
    private Path folder;

    private static List<String> blocks(String language) throws Exception {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOCUMENT))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    @Test
    void theCommandsRunOneAfterTheOther() throws Exception {
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
        for (String block : blocks("sh")) {
            for (String line : block.lines().toList()) {
                String[] words = Stream.of(line.split(" "))
                        .skip(1)
                        .map(word -> word.equals(".") ? folder.toString() : word)
                        .map(word -> word.endsWith(".tar") && !word.contains("=")
                                ? folder.resolve(word).toString()
                                : word)
                        .map(word -> word.replace("dest=", "dest=" + folder + "/"))
                        .toArray(String[]::new);
                Outcome outcome = InProcess.run(words);
                assertThat(outcome.exitCode()).as(line + "\n" + outcome.err()).isZero();
            }
        }
        assertThat(folder.resolve("slipway.lock")).isNotEmptyFile();
        assertThat(folder.resolve("bundle.tar")).isNotEmptyFile();
        assertThat(folder.resolve("image.tar")).isNotEmptyFile();
    }

    @Test
    void thePolicyDoesWhatIsSaidOfIt() throws Exception {
        SourcePolicy policy = SourcePolicy.parse(blocks("json").get(0).getBytes(StandardCharsets.UTF_8));
        assertThat(policy.apply(SourceOp.of("docker-image://docker.io/library/golang:1.25", Map.of()))
                        .identifier())
                .isEqualTo("docker-image://registry.example.com/golang:1.25");
        assertThat(policy.apply(SourceOp.of("https://example.com/tool.tar.gz", Map.of()))
                        .attributes())
                .containsKey("http.checksum");
        assertThat(policy.apply(SourceOp.of("local://context", Map.of())).identifier())
                .isEqualTo("local://context");
        assertThatThrownBy(() -> policy.apply(SourceOp.of("docker-image://docker.io/library/alpine:3", Map.of())))
                .isInstanceOf(SourceDeniedException.class);
    }
}
