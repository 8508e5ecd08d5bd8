package dev.slipway.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.parser.text.SourceRange;
import dev.slipway.parser.tree.Copy;
import dev.slipway.parser.tree.OnBuild;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriggerTest {

    private static final SourceRange PLACE = new SourceRange(3, 0, 4, 5);

    @Test
    void aTriggerIsAnInstructionAtThePlaceItIsGiven() {
        Copy copy = (Copy) DockerfileParser.parseTrigger("COPY --link a b", PLACE);
        assertThat(copy.link()).isTrue();
        assertThat(copy.statement().range()).isEqualTo(PLACE);
    }

    @Test
    void theExpressionIsWhatStandsBehindTheKeyword() {
        assertThat(Parsing.first(OnBuild.class, "onbuild \t run  a \\\n b\n").expression())
                .isEqualTo("run  a  b");
        assertThat(Parsing.first(OnBuild.class, "ONBUILD WHATEVER\n").expression())
                .isEqualTo("WHATEVER");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    RUN a¶RUN b         | onbuild trigger should be a single expression
                    ENV a               | ENV must have two arguments
                    COPY --lnk a b      | unknown flag: --lnk (did you mean link?)
                    WHATEVER            | unknown instruction: WHATEVER
                    FROM a              | FROM isn't allowed as an ONBUILD trigger
                    """)
    void wrongTriggersAreRefusedWithoutLineNumber(String expression, String message) {
        assertThatThrownBy(() -> DockerfileParser.parseTrigger(expression.replace('¶', '\n'), PLACE))
                .isInstanceOf(DockerfileParseException.class)
                .hasMessage(message)
                .extracting(e -> ((DockerfileParseException) e).ranges())
                .isEqualTo(SourceRange.lines(3, 4));
    }
}
