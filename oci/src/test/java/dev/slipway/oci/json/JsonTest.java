package dev.slipway.oci.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void ofTwoMembersOfOneNameTheLastCounts() throws JsonException {
        assertThat(Json.members(utf8("{\"a\":1,\"a\":2}")).get("a")).isEqualTo(utf8("2"));
        assertThat(Json.object(utf8("{\"a\":1,\"a\":2}")).number("a")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":}",
                "{\"a\":1}}",
                "{\"a\":1} x",
                "[1]",
                "null",
                "{a:1}",
                "{\"a\":'1'}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":\"\t\"}"
            })
    void whatIsNoObjectIsRefused(String document) {
        assertThatThrownBy(() -> Json.object(utf8(document)))
                .isInstanceOf(JsonException.class)
                .message()
                .isNotBlank()
                .doesNotContain("Token", "Source", "REDACTED", "jackson");
    }

    @Test
    void anIntegerThatIsTooBigHarmsOnlyWhoWantsIt() throws JsonException {
        JsonObject object = Json.object(utf8("{\"a\":99999999999999999999,\"b\":1}"));
        assertThat(object.number("b")).isEqualTo(1);
        assertThatThrownBy(() -> object.number("a")).hasMessage("\"a\" must be an integer");
    }

    @Test
    void depthIsBounded() {
        assertThatThrownBy(() -> Json.object(utf8("{\"a\":" + "[".repeat(100_000))))
                .isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.members(utf8("{\"a\":" + "[".repeat(100_000))))
                .isInstanceOf(JsonException.class);
    }

    @Test
    void invalidUtf8IsRefused() {
        assertThatThrownBy(() -> Json.object(new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'}))
                .isInstanceOf(JsonException.class);
    }

    @Test
    void aMemberOfAnotherTypeIsNamed() throws JsonException {
        JsonObject object = Json.object(utf8("{\"a\":{\"b\":[1,{\"c\":2}]},\"n\":null}"));
        JsonObject a = object.object("a").orElseThrow();

        assertThat(object.has("n")).isFalse();
        assertThat(object.string("n")).isEmpty();
        assertThat(object.strings("n")).isEmpty();
        assertThatThrownBy(() -> object.string("a")).hasMessage("\"a\" must be a string");
        assertThatThrownBy(() -> a.strings("b")).hasMessage("\"a.b[0]\" must be a string");
        assertThatThrownBy(() -> a.requiredString("d")).hasMessage("\"a.d\" is missing");
        assertThatThrownBy(() -> object.texts("a")).hasMessage("\"a.b\" must be a string");
        List<String> names = new ArrayList<>(object.names());
        assertThat(names).containsExactly("a", "n");
    }
}
