package dev.slipway.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Runs a corpus of Dockerfiles through the frontend and compares with what the reference makes of them.
 *
 * <p>Properties: {@code slipway.corpus} is the folder; {@code slipway.corpus.graphs}, {@code .images}, {@code .checks}, {@code
 * .errors}, {@code .outlines} and {@code .metadata} are the percentages that must be equal; {@code golden.update} rewrites the
 * project's own cases instead of comparing them.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CorpusHarnessTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));

    @Test
    @Order(2)
    void theCorpusIsConvertedAsByTheReference() {
        Path corpus = Path.of(System.getProperty(
                "slipway.corpus", ROOT.resolve("../shared/reference/llb").toString()));
        assumeTrue(Files.isDirectory(corpus), () -> "there is no corpus at " + corpus.normalize());
        check(corpus);
    }

    @Test
    @Order(1)
    void ourOwnCasesAreConvertedAsWrittenDown() throws IOException {
        Path corpus = ROOT.resolve("testdata/corpus");
        if (Boolean.getBoolean("golden.update")) {
            for (CorpusCase item : CorpusCase.all(corpus)) {
                update(item);
            }
        }
        check(corpus);
    }

    private static void check(Path corpus) {
        Tally tally = new Tally();
        List<CorpusCase> cases = CorpusCase.all(corpus);
        for (CorpusCase item : cases) {
            JsonNode expected = item.reference();
            ObjectNode actual = new CaseRecorder(item.dockerfile()).record(item.name(), expected.path("runs"));
            new CaseComparison(item.name(), tally, System.out::println).compare(expected, actual);
        }
        System.out.println(corpus.normalize() + ": " + cases.size() + " cases; " + tally.line(Kind.METADATA));
        System.out.println(tally.line(Kind.GRAPHS, Kind.IMAGES, Kind.CHECKS, Kind.ERRORS, Kind.OUTLINES));
        assertThat(cases).isNotEmpty();
        for (Kind kind : Kind.values()) {
            String property = "slipway.corpus." + kind.name().toLowerCase(Locale.ROOT);
            double threshold = Double.parseDouble(System.getProperty(property, "100"));
            assertThat(tally.percent(kind)).as("percent of %s equal", kind).isGreaterThanOrEqualTo(threshold);
        }
    }

    private static void update(CorpusCase item) throws IOException {
        ObjectNode recorded = new CaseRecorder(item.dockerfile())
                .record(item.name(), item.reference().path("runs"));
        String json =
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(recorded);
        Files.writeString(item.folder().resolve("reference.json"), json + "\n");
    }
}
