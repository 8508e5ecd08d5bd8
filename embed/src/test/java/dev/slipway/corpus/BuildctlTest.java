package dev.slipway.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.frontend.FrontendException;
import dev.slipway.llb.Definition;
import dev.slipway.llbjson.DefinitionJson;
import dev.slipway.parser.DockerfileParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Definitions as BuildKit's own client reads them. No distribution packages it: property {@code slipway.buildctl} says where it
 * is, if it is not among the commands.
 */
@Tag("end-to-end")
class BuildctlTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final String BUILDCTL = System.getProperty("slipway.buildctl", "buildctl");

    @TempDir
    private Path folder;

    @Test
    void everyDefinitionOfOurCorpusIsReadAsItWasMeant() throws Exception {
        assumeTrue(isThere(), "there is no " + BUILDCTL + "; -Dslipway.buildctl says where it is");
        int read = 0;
        for (CorpusCase item : CorpusCase.all(ROOT.resolve("testdata/corpus"))) {
            for (JsonNode run : item.reference().path("runs")) {
                for (JsonNode platform : run.path("platforms")) {
                    Definition definition;
                    try {
                        definition = new CaseRecorder(item.dockerfile()).definition(run, platform.asText());
                    } catch (FrontendException | DockerfileParseException e) {
                        continue;
                    }
                    assertThat(dumped(definition))
                            .as(item.name() + " for " + platform.asText())
                            .isEqualTo(meant(definition));
                    read++;
                }
            }
        }
        System.out.println("definitions read by buildctl: " + read);
        assertThat(read).isPositive();
    }

    /** What counts of a vertex: its bytes, by their digest, what it is made of, and what is said of it. */
    private record Seen(String digest, List<String> inputs, JsonNode metadata) {}

    private static List<Seen> meant(Definition definition) throws IOException {
        List<Seen> vertices = new ArrayList<>();
        JsonNode json = JSON.readTree(DefinitionJson.withoutSource(definition));
        for (JsonNode vertex : json.path("vertices")) {
            vertices.add(new Seen(vertex.path("digest").asText(), inputs(vertex.path("op")), vertex.path("metadata")));
        }
        return vertices;
    }

    private List<Seen> dumped(Definition definition) throws IOException, InterruptedException {
        Path bytes = Files.write(folder.resolve("definition"), definition.encoded());
        Path out = folder.resolve("dump");
        Path err = folder.resolve("errors");
        Process process = new ProcessBuilder(BUILDCTL, "debug", "dump-llb", bytes.toString())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        List<Seen> vertices = new ArrayList<>();
        for (String line : Files.readAllLines(out)) {
            JsonNode vertex = JSON.readTree(line);
            vertices.add(
                    new Seen(vertex.path("Digest").asText(), inputs(vertex.path("Op")), vertex.path("OpMetadata")));
        }
        return vertices;
    }

    private static List<String> inputs(JsonNode op) {
        List<String> inputs = new ArrayList<>();
        for (JsonNode input : op.path("inputs")) {
            inputs.add(input.path("digest").asText() + " " + input.path("index").asInt());
        }
        return inputs;
    }

    private static boolean isThere() throws InterruptedException {
        try {
            return new ProcessBuilder(BUILDCTL, "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
