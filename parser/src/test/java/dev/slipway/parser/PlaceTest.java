package dev.slipway.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.parser.text.SourceRange;
import dev.slipway.parser.text.SourceText;
import dev.slipway.parser.tree.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where instructions and mistakes are said to be. */
class PlaceTest {

    @Test
    void anInstructionIsAllItsLinesCommentsAndHeredocsIncluded() {
        Run run = Parsing.first(Run.class, "\n  RUN a \\\n# c\n <<E\nbody\nE  \nE\n");
        assertThat(run.statement().ranges()).isEqualTo(SourceRange.lines(3, 8));
        assertThat(run.statement().range()).isEqualTo(new SourceRange(3, 2, 8, 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    ~FOO a~                            | 2 | ^^^
                    ~  FOO a~                          | 2 | __^^^
                    ~RUN --network=none --mont=x y~    | 2 | ___________________^^^^^^^^
                    ~ENV a=b \\¶  c=d e f=g~           | 3 | ______^
                    ~\\¶   FOO \\¶ b~                  | 3 | ___^^^
                    ~COPY --from=a \\¶ --fro=b c d~    | 3 | _^^^^^^^
                    """)
    void aCaretCanBeSetUnderTheMistake(String lines, int line, String caret) {
        DockerfileParseException failure = Parsing.failure("FROM scratch\n" + lines.replace('¶', '\n') + "\n");
        assertThat(failure.focus()).contains(new SourceRange(line, caret.indexOf('^'), line, caret.length()));
    }

    @Test
    void afterAByteOrderMarkCharactersCountFromTheText() {
        DockerfileParseException failure = Parsing.failure("\uFEFFFOO\n");
        assertThat(failure.focus()).contains(new SourceRange(1, 0, 1, 3));
        assertThat(SourceText.of("\uFEFFFOO\n".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .line(1))
                .isEqualTo("FOO");
    }

    @Test
    void failuresOfInstructionsNameTheirFirstLine() {
        DockerfileParseException failure = Parsing.failure("FROM a\n\nRUN \\\n --x y\n");
        assertThat(failure).hasMessage("dockerfile parse error on line 3: unknown flag: --x");
        assertThat(failure.ranges()).isEqualTo(SourceRange.lines(3, 4));
    }

    @Test
    void aSuggestionIsInTheMessageAndApart() {
        DockerfileParseException failure = Parsing.failure("FRON a\n");
        assertThat(failure)
                .hasMessage("dockerfile parse error on line 1: unknown instruction: FRON (did you mean FROM?)");
        assertThat(failure.suggestion()).contains("FROM");
    }

    @Test
    void anUnterminatedHeredocReachesToTheEnd() {
        assertThat(Parsing.failure("FROM a\nRUN <<E\nb\n").ranges()).isEqualTo(SourceRange.lines(2, 3));
    }
}
