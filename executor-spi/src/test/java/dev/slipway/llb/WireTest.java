package dev.slipway.llb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0a00",
        "1, 0a01",
        "127, 0a7f",
        "128, 0a8001",
        "16383, 0aff7f",
        "16384, 0a808001",
        "3000000, 0ac08db701"
    })
    void theLengthOfAMessageStandsBeforeIt(int size, String prefix) {
        Wire wire = new Wire();
        byte[] content = new byte[size];
        Arrays.fill(content, (byte) 'x');
        wire.message(1, content, (out, bytes) -> out.raw(bytes, bytes.length));
        wire.number(2, 1);
        byte[] head = HexFormat.of().parseHex(prefix);
        byte[] written = wire.toByteArray();
        assertThat(Arrays.copyOf(written, head.length)).isEqualTo(head);
        assertThat(Arrays.copyOfRange(written, head.length, head.length + size)).isEqualTo(content);
        assertThat(Arrays.copyOfRange(written, head.length + size, written.length))
                .isEqualTo(HexFormat.of().parseHex("1001"));
    }

    @Test
    void messagesNest() {
        Wire wire = new Wire();
        wire.message(
                1, "a".repeat(130), (outer, text) -> outer.message(2, text, (inner, value) -> inner.string(3, value)));
        assertThat(HexFormat.of().formatHex(Arrays.copyOf(wire.toByteArray(), 9)))
                .isEqualTo("0a88011285011a8201");
        assertThat(wire.toByteArray()).hasSize(9 + 130);
    }

    @Test
    void defaultsAreLeftOutAndNegativeNumbersTakeTenBytes() {
        Wire wire = new Wire();
        wire.number(1, 0);
        wire.bool(2, false);
        wire.string(3, "");
        wire.packed(4, List.of());
        wire.number(5, -1);
        assertThat(HexFormat.of().formatHex(wire.toByteArray())).isEqualTo("28ffffffffffffffffff01");
    }

    @Test
    void repeatedStringsAndMapEntriesKeepEmptyOnes() {
        Wire wire = new Wire();
        wire.strings(1, List.of("", "a"));
        wire.map(2, new TreeMap<>(Map.of("k", "")));
        assertThat(HexFormat.of().formatHex(wire.toByteArray())).isEqualTo("0a000a0161" + "12050a016b1200");
    }

    @Test
    void textThatIsNoUnicodeIsRefused() {
        assertThatThrownBy(() -> new Wire().string(1, "a\uDC80"))
                .isInstanceOf(InvalidUtf8Exception.class)
                .hasMessage("string field contains invalid UTF-8");
    }
}
