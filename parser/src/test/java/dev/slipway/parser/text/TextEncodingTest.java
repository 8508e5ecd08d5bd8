package dev.slipway.parser.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.parser.DockerfileParseException;
import dev.slipway.parser.DockerfileParser;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextEncodingTest {

    private static final String TEXT = "FROM scratch\nCOPY naïve /\n";

    @ParameterizedTest
    @CsvSource({
        "UTF-16LE, UTF-16 (little-endian)",
        "UTF-16BE, UTF-16 (big-endian)",
        "UTF-32LE, UTF-32 (little-endian)",
        "UTF-32BE, UTF-32 (big-endian)"
    })
    void aByteOrderMarkTellsTheEncoding(String charset, String name) {
        byte[] text = ("\uFEFF" + TEXT).getBytes(Charset.forName(charset));
        assertThat(TextEncoding.other(text)).contains(name);
        assertThatThrownBy(() -> DockerfileParser.parse(text))
                .isInstanceOf(DockerfileParseException.class)
                .hasMessage("the Dockerfile is encoded in " + name + "; save it as UTF-8");
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-16LE, UTF-16 (little-endian)",
        "UTF-16BE, UTF-16 (big-endian)",
        "UTF-32LE, UTF-32 (little-endian)",
        "UTF-32BE, UTF-32 (big-endian)"
    })
    void withoutAMarkTheZerosTell(String charset, String name) {
        assertThat(TextEncoding.other(TEXT.getBytes(Charset.forName(charset)))).contains(name);
    }

    @Test
    void utf8IsNoOther() {
        assertThat(TextEncoding.other(TEXT.getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(TextEncoding.other(("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(TextEncoding.other(new byte[] {'a', 0, 'b'})).isEmpty();
        assertThat(TextEncoding.other(new byte[0])).isEmpty();
        assertThat(TextEncoding.other(new byte[100])).isEmpty();
    }
}
