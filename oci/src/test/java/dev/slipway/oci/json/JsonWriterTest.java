package dev.slipway.oci.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.llb.Bytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

    private static final String SPECIAL = "a\"b\\c/d\n\r\t\b\f\u0001\u001f\u007f<&>é☃😀\u2028\u2029";

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void textIsEscapedAsGoDoes() {
        assertThat(JsonWriter.go().value(SPECIAL))
                .hasToString(
                        "\"a\\\"b\\\\c/d\\n\\r\\t\\b\\f\\u0001\\u001f\u007f\\u003c\\u0026\\u003eé☃😀\\u2028\\u2029\"");
    }

    @Test
    void textForReadersIsEscapedOnlyWhereItMustBe() {
        assertThat(JsonWriter.compact().value(SPECIAL))
                .hasToString("\"a\\\"b\\\\c/d\\n\\r\\t\\b\\f\\u0001\\u001f\u007f<&>é☃😀\u2028\u2029\"");
    }

    @Test
    void bytesThatAreNoTextAreReplaced() {
        assertThat(JsonWriter.go().value("a\uDC80b\uD800")).hasToString("\"a\\ufffdb\\ufffd\"");
    }

    @Test
    void valuesAreIndentedAsGoDoes() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("a", 1);
        value.put("list", List.of("x", Map.of("y", true)));
        value.put("none", List.of());
        value.put("empty", Map.of());
        value.put("null", null);
        assertThat(JsonWriter.goIndented().value(value)).hasToString("""
                {
                  "a": 1,
                  "list": [
                    "x",
                    {
                      "y": true
                    }
                  ],
                  "none": [],
                  "empty": {},
                  "null": null
                }""");
    }

    @Test
    void aDocumentIsWrittenPieceByPiece() {
        JsonWriter json = JsonWriter.compact().startObject().member("a", 1).startArray("list");
        json.startArray().endArray().startObject().endObject().value(null).endArray();
        json.startObject("o")
                .member("b", "c")
                .jsonMember("d", "{ }")
                .endObject()
                .endObject();
        assertThat(json).hasToString("{\"a\":1,\"list\":[[],{},null],\"o\":{\"b\":\"c\",\"d\":{ }}}");
        assertThat(json.toBytes()).isEqualTo(utf8(json.toString()));
    }

    @Test
    void bytesAreBase64() {
        assertThat(JsonWriter.go().value(Bytes.utf8("?>~"))).hasToString("\"Pz5+\"");
    }

    @Test
    void whatIsNoValueIsRefused() {
        assertThatThrownBy(() -> JsonWriter.go().value(Path.of("a"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void membersKeepTheirTextButForWhiteSpace() throws JsonException {
        byte[] document =
                utf8("{ \"z\" : [ 1.50e+3 , -0, \"a  b\\u00e9\\\" <\u2028\" ],\n\"a\":{\"y\":1,\"x\": null} }");

        assertThat(new String(JsonWriter.join(Json.members(document)), StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":{\"y\":1,\"x\":null},\"z\":[1.50e+3,-0,\"a  b\\u00e9\\\" \\u003c\\u2028\"]}");
    }
}
