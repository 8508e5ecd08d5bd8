package dev.slipway.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.parser.tree.Run;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Large, deep and long input takes time in proportion to its size, or is refused; out of proportion is what takes minutes. */
@Timeout(300)
class BoundsTest {

    private static final int LONGEST = 65_535;

    @Test
    void aLineMayBeSoLongAndNoLonger() {
        String longest = "FROM a\nRUN " + "x".repeat(LONGEST - 4);
        assertThat(Parsing.parse(longest).stages()).hasSize(1);
        assertThat(Parsing.parse(longest + "\n").stages()).hasSize(1);
        assertThat(Parsing.failure(longest + "x")).hasMessage("dockerfile line greater than max allowed size of 65535");
        assertThat(Parsing.failure(longest + "x\n"))
                .hasMessage("dockerfile line greater than max allowed size of 65535");
    }

    @Test
    void lengthIsCountedInBytes() {
        assertThat(Parsing.parse("FROM a\nRUN " + "é".repeat(32_765) + "\n").stages())
                .hasSize(1);
        assertThat(Parsing.failure("FROM a\nRUN " + "é".repeat(32_766) + "\n"))
                .hasMessage("dockerfile line greater than max allowed size of 65535");
    }

    @Test
    void aLineTooLongInTheFirstPlaceLeavesNoInstructions() {
        assertThat(Parsing.failure("x".repeat(70_000))).hasMessage("file with no instructions");
    }

    @Test
    void aHeredocEndsAtALineTooLong() {
        assertThat(Parsing.failure("FROM a\nRUN <<E\n" + "x".repeat(70_000) + "\nE\n"))
                .hasMessage("unterminated heredoc");
    }

    @Test
    void aFileMayBeSoLargeAndNoLarger() {
        byte[] tooLarge = new byte[(16 << 20) + 1];
        assertThatThrownBy(() -> DockerfileParser.parse(tooLarge))
                .hasMessage("the Dockerfile is larger than the max allowed size of 16777216 bytes");
    }

    @Test
    void oneBodyUsedAgainAndAgainIsBounded() {
        String dockerfile = "FROM a\nCOPY " + "<<A \\\n".repeat(1000) + " /x\n" + "A\n".repeat(999)
                + ("x".repeat(999) + "\n").repeat(100) + "A\n";
        assertThat(Parsing.failure(dockerfile))
                .hasMessage(
                        "dockerfile parse error on line 2: the heredocs of COPY are larger than 67108864 characters");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'ONBUILD ', 'RUN x'",
        "'CMD ', '[', '1]'",
        "'CMD ', '[{\"a\":', ''",
        "'CMD ', '[\"', ''",
        "'ENV a=', '\"', ''",
        "'COPY ', '[\" ', 'x'",
        "'RUN <<x ', '${a:-', ''"
    })
    void nestingNeedsNoStack(String keyword, String nested, String end) {
        String dockerfile = "FROM a\n" + keyword + (nested + "\\\n").repeat(100_000) + end + "\n";
        // What comes of it is another matter: it must come to an end.
        Parsing.message(dockerfile);
    }

    @ParameterizedTest
    @CsvSource({
        "'RUN echo hello\n'",
        "'ENV a=b c=\"d e\"\nCOPY --from=x [\"a\", \"b\"]\nRUN <<E\nbody\nE\n'",
        "'FROM b AS c\n'"
    })
    void aHundredThousandInstructionsAreRead(String instruction) {
        String many = "FROM a\n" + instruction.repeat(100_000);
        assertThat(Parsing.parse(many).stages()).isNotEmpty();
    }

    @Test
    void oneHugeInstructionIsReadInOneGo() {
        Run run = Parsing.first(Run.class, "RUN " + "echo hello && \\\n".repeat(200_000) + "true\n");
        assertThat(run.command().arguments().get(0)).hasSize(200_000 * "echo hello && ".length() + 4);
        assertThat(run.statement().range().endLine()).isEqualTo(200_002);
    }

    @Test
    void threadsDoNotDisturbEachOther() {
        byte[] dockerfile = "FROM a\nENV a=b c=\"d\"\nRUN --mount=type=bind x\nCMD [\"a\"]\nCOPY <<E /x\n1\nE\n"
                .getBytes(StandardCharsets.UTF_8);
        String expected = DockerfileParser.parse(dockerfile).stages().toString();
        assertThat(IntStream.range(0, 2_000)
                        .parallel()
                        .mapToObj(
                                i -> DockerfileParser.parse(dockerfile).stages().toString())
                        .distinct())
                .containsExactly(expected);
    }
}
