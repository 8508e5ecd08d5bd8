package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.SlipwayProcess.Outcome;
import dev.slipway.llb.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands that build nothing print for cases of the corpus, in the shape in which the cases have it. */
@Tag("end-to-end")
class CorpusCommandsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path CORPUS = ROOT.resolve("testdata/corpus");
    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images", ROOT.resolve("target/images").toString()))
            .resolve("alpine");

    @TempDir
    private static Path folder;

    private static JsonNode reference(String name) throws IOException {
        return JSON.readTree(CORPUS.resolve(name).resolve("reference.json").toFile());
    }

    private static Outcome run(int exitCode, String command, String name, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(
                List.of("-f", CORPUS.resolve(name).resolve("Dockerfile").toString()));
        arguments.addAll(List.of(options));
        arguments.add(Files.createDirectories(folder.resolve("context")).toString());
        Outcome outcome = InProcess.run(arguments.toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(exitCode);
        return outcome;
    }

    /** A graph whose digests are numbers, and whose local folders have no session: the corpus gives them one. */
    private static JsonNode comparable(JsonNode result) {
        Map<String, String> numbers = new HashMap<>();
        for (JsonNode vertex : result.get("vertices")) {
            numbers.put(vertex.get("digest").asText(), "vertex " + numbers.size());
        }
        String text = result.get("vertices").toString();
        for (Map.Entry<String, String> number : numbers.entrySet()) {
            text = text.replace(number.getKey(), number.getValue());
        }
        text = text.replace("\"local.session\":\"reference-session\",", "")
                .replace("\"source.local.sessionid\":true,", "");
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theGraphIsTheReferences() throws Exception {
        JsonNode expected = reference("scratch-run").at("/runs/0/results/0");
        JsonNode actual = JSON.readTree(
                run(0, "llb", "scratch-run", "--platform", "linux/amd64").out());
        assertThat(comparable(actual)).isEqualTo(comparable(expected));
        assertThat(actual.get("platform")).isEqualTo(expected.get("platform"));
        assertThat(actual.get("image")).isEqualTo(expected.get("image"));
        assertThat(actual.get("head"))
                .isEqualTo(actual.get("vertices")
                        .get(actual.get("vertices").size() - 1)
                        .get("digest"));
    }

    @Test
    void theBytesAreThoseOfTheGraph() throws Exception {
        JsonNode graph = JSON.readTree(
                run(0, "llb", "scratch-run", "--platform", "linux/amd64").out());
        Outcome bytes = run(0, "llb", "scratch-run", "--platform", "linux/amd64", "--format", "proto");
        List<String> digests = new ArrayList<>();
        ByteBuffer message = ByteBuffer.wrap(bytes.bytes());
        while (message.hasRemaining()) {
            long field = number(message);
            byte[] value = new byte[(int) number(message)];
            message.get(value);
            if (field == (1 << 3 | 2)) {
                digests.add(Digest.sha256(value).toString());
            }
        }
        List<String> expected = new ArrayList<>();
        graph.get("vertices")
                .forEach(vertex -> expected.add(vertex.get("digest").asText()));
        assertThat(digests).isEqualTo(expected);
    }

    private static long number(ByteBuffer message) {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = message.get();
            number |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return number;
            }
        }
    }

    @Test
    void theTargetsAreTheReferences() throws Exception {
        JsonNode printed =
                JSON.readTree(run(0, "targets", "outline", "--format", "json").out());
        List<Map<String, String>> actual = new ArrayList<>();
        for (JsonNode target : printed.get("targets")) {
            assertThat(target.at("/location/ranges/0/start/line").asInt()).isPositive();
            actual.add(target(target, "name", "base", "platform", "description", "default"));
        }
        List<Map<String, String>> expected = new ArrayList<>();
        for (JsonNode target : reference("outline").get("targets")) {
            expected.add(target(target, "Name", "Base", "Platform", "Description", "Default"));
        }
        assertThat(actual).isEqualTo(expected);
        assertThat(printed.at("/sources/0").asText()).isNotEmpty();
    }

    private static Map<String, String> target(JsonNode target, String... names) {
        Map<String, String> fields = new HashMap<>();
        for (String name : names) {
            String value = target.path(name).asText();
            fields.put(name.toLowerCase(Locale.ROOT), value.isEmpty() ? "" : value);
        }
        fields.computeIfPresent("default", (key, value) -> value.equals("true") ? value : "");
        return fields;
    }

    @Test
    void theOutlineIsTheReferences() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        Outcome outcome = run(
                0,
                "build",
                "outline",
                "--call",
                "outline,format=json",
                "--build-context",
                "alpine:3-1=oci-layout://" + ALPINE);
        ObjectNode printed = (ObjectNode) JSON.readTree(outcome.out());
        assertThat(printed.remove("sources")).isNotNull();
        assertThat(printed).isEqualTo(reference("outline").get("outline"));
    }

    @Test
    void theChecksAreTheReferences() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        Outcome outcome = run(
                1,
                "check",
                "checks",
                "--format",
                "json",
                "--no-platform-checks",
                "--platform",
                "linux/amd64",
                "--build-context",
                "alpine:3=oci-layout://" + ALPINE,
                "--build-context",
                "alpine=oci-layout://" + ALPINE);
        List<String> actual = new ArrayList<>();
        for (JsonNode warning : JSON.readTree(outcome.out()).get("warnings")) {
            List<Integer> lines = new ArrayList<>();
            warning.at("/location/ranges")
                    .forEach(range -> lines.add(range.at("/start/line").asInt()));
            actual.add(warning.get("ruleName").asText() + ": "
                    + warning.get("detail").asText() + lines);
        }
        List<String> expected = new ArrayList<>();
        for (JsonNode check : reference("checks").get("checks")) {
            List<Integer> lines = new ArrayList<>();
            check.get("ranges").forEach(range -> lines.add(range.get(0).asInt()));
            expected.add(
                    check.get("rule").asText() + ": " + check.get("message").asText() + lines);
        }
        assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
    }
}
