package dev.slipway.parser.ignore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.parser.Reference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the reference's own matcher makes of patterns and files. */
class IgnoreVectorsTest {

    @Test
    void everyListOfPatternsIgnoresWhatTheReferenceIgnores() throws IOException {
        JsonNode vectors = vectors();
        List<String> paths = texts(vectors.path("paths"));
        List<String> failures = new ArrayList<>();
        for (JsonNode vector : vectors.path("match")) {
            List<String> patterns = texts(vector.path("patterns"));
            String expected = vector.has("error")
                    ? vector.path("error").asText()
                    : texts(vector.path("ignored")).toString();
            String actual = ignored(patterns, paths);
            if (!actual.equals(expected)) {
                failures.add(patterns + "\n  expected " + expected + "\n  actual   " + actual);
            }
        }
        assertThat(failures).isEmpty();
        assertThat(vectors.path("match").size()).isGreaterThan(40);
    }

    @Test
    void everyFileHoldsThePatternsThatTheReferenceReads() throws IOException {
        for (JsonNode vector : vectors().path("parse")) {
            byte[] file = vector.path("file").asText().getBytes(StandardCharsets.UTF_8);
            assertThat(IgnoreFile.parse(file)).isEqualTo(texts(vector.path("patterns")));
        }
    }

    private static String ignored(List<String> patterns, List<String> paths) {
        try {
            PatternMatcher matcher = PatternMatcher.of(patterns);
            return paths.stream().filter(matcher::matches).toList().toString();
        } catch (PatternException e) {
            return e.getMessage();
        }
    }

    private static JsonNode vectors() throws IOException {
        return new ObjectMapper()
                .readTree(Reference.path("vectors/ignore-patterns.json").toFile());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
