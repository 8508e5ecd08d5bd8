package dev.slipway.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.parser.text.LosslessUtf8;
import dev.slipway.parser.tree.Copy;
import dev.slipway.parser.tree.Dockerfile;
import dev.slipway.parser.tree.Env;
import dev.slipway.parser.tree.Instruction;
import dev.slipway.parser.tree.Run;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Files that are no UTF-8, and characters that are easily taken for an end. */
class DamagedUtf8Test {

    @Test
    void commandLinesKeepDamagedBytesForTheConverterToRefuse() {
        Run run = (Run) first("RUN echo \u00FF\u00E9");
        String text = run.command().arguments().get(0);
        assertThat(LosslessUtf8.isValid(text)).isFalse();
        assertThat(LosslessUtf8.encode(text)).isEqualTo(bytes("echo \u00FF\u00E9"));
    }

    @Test
    void inlineFilesKeepTheirBytes() {
        Copy copy = (Copy) first("COPY <<'E' /x\n\u0080\u0000\u00FF\r\nE\n");
        assertThat(LosslessUtf8.encode(copy.files().inlineFiles().get(0).content()))
                .isEqualTo(bytes("\u0080\u0000\u00FF\r\n"));
    }

    @Test
    void quotedWordsAreRepaired() {
        Env env = (Env) first("ENV a=b\u00FFc");
        assertThat(env.pairs().get(0).value()).isEqualTo("b\uFFFDc");
    }

    @Test
    void aCharacterSplitBetweenLinesIsWholeAgain() {
        Run run = (Run) first("RUN \u00E2\\\n\u0082\\\n\u00AC");
        assertThat(run.command().arguments()).containsExactly("€");
    }

    @Test
    void messagesSayThatAByteIsNoText() {
        assertThatThrownBy(() -> first("R\u00FFN x"))
                .hasMessage("dockerfile parse error on line 2: unknown instruction: R\uFFFDN (did you mean run?)");
    }

    @Test
    void zeroBytesAreOrdinary() {
        Run run = (Run) first("RUN a\u0000b");
        assertThat(run.command().arguments()).containsExactly("a\u0000b");
    }

    private static Instruction first(String latin1) {
        Dockerfile dockerfile = DockerfileParser.parse(bytes("FROM a\n" + latin1));
        return dockerfile.stages().get(0).instructions().get(0);
    }

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }
}
