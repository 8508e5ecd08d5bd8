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

/** What the reference reads from files of patterns. */
class IgnoreFileTest {

    @Test
    void everyFileHoldsThePatternsThatTheReferenceReads() throws IOException {
        for (JsonNode vector : vectors().path("parse")) {
            byte[] file = vector.path("file").asText().getBytes(StandardCharsets.UTF_8);
            assertThat(IgnoreFile.parse(file)).isEqualTo(texts(vector.path("patterns")));
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
