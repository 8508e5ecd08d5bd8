package dev.slipway.frontend.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.frontend.value.ReferenceFolder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the reference reads from files of patterns. */
class IgnoreFileTest {

    @Test
    void everyFileHoldsThePatternsThatTheReferenceReads() {
        for (JsonNode vector :
                ReferenceFolder.json("vectors/ignore-patterns.json").path("parse")) {
            byte[] file = vector.path("file").asText().getBytes(StandardCharsets.UTF_8);
            assertThat(IgnoreFile.parse(file)).isEqualTo(texts(vector.path("patterns")));
        }
    }

    @Test
    void anotherEncodingThanUtf8IsRefused() {
        byte[] file = "\uFEFFa\n".getBytes(StandardCharsets.UTF_16LE);
        assertThatThrownBy(() -> IgnoreFile.parse(file))
                .isInstanceOf(IgnoreFileException.class)
                .hasMessage("it is encoded in UTF-16 (little-endian); save it as UTF-8");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
