package dev.slipway.frontend.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.executor.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteSizeTest {

    @TestFactory
    Stream<DynamicTest> theReferenceReadsTheSame() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode json : ReferenceFolder.json("vectors/sizes.json")) {
            String text = json.path("in").asText();
            tests.add(DynamicTest.dynamicTest("'" + text + "'", () -> check(text, json)));
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    private static void check(String text, JsonNode expected) {
        if (expected.has("error")) {
            assertThatThrownBy(() -> ByteSize.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(expected.path("error").asText());
        } else {
            assertThat(ByteSize.parse(text)).isEqualTo(expected.path("bytes").asLong());
        }
    }

    @ParameterizedTest
    @CsvSource({"2K, 2048", "1MiB, 1048576", "0.5 g, 536870912", "1e3b, 1000", "7., 7"})
    void unitsArePowersOf1024(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "1x, invalid suffix: 'x'",
        "1kx, invalid suffix: 'kx'",
        "1LONG, invalid suffix: 'LONG'",
        "1 2, 'strconv.ParseFloat: parsing \"1 2\": invalid syntax'",
        "1.2.3, 'strconv.ParseFloat: parsing \"1.2.3\": invalid syntax'",
        "99999999p, invalid size: '99999999p'"
    })
    void aMistakeIsNamed(String text, String message) {
        assertThatThrownBy(() -> ByteSize.parse(text)).hasMessage(message.replace("''", "'"));
    }
}
