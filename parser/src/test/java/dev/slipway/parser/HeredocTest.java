package dev.slipway.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.parser.text.SourceRange;
import dev.slipway.parser.tree.Add;
import dev.slipway.parser.tree.Copy;
import dev.slipway.parser.tree.Heredoc;
import dev.slipway.parser.tree.OnBuild;
import dev.slipway.parser.tree.Run;
import dev.slipway.parser.tree.Transfer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeredocTest {

    @Test
    void theBodyOfAScriptIsKeptByteForByte() {
        Run run = Parsing.first(Run.class, "RUN <<EOF\n\techo a \\\r\n# no comment\n\n EOF\nEOF\nRUN b\n");
        assertThat(run.script()).isPresent();
        assertThat(run.heredocs())
                .containsExactly(new Heredoc("EOF", "\techo a \\\r\n# no comment\n\n EOF\n", true, false, 0));
        assertThat(run.statement().range().endLine()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    <<EOF       | EOF     | true  | false | 0
                    <<-EOF      | EOF     | true  | true  | 0
                    << EOF      | EOF     | true  | false | 0
                    3<<EOF      | EOF     | true  | false | 3
                    <<"EOF"     | EOF     | false | false | 0
                    <<'EOF'     | EOF     | false | false | 0
                    <<E"O"F     | EOF     | false | false | 0
                    <<E\\"OF    | E"OF    | true  | false | 0
                    <<'one two' | one two | false | false | 0
                    <<$EOF      | $EOF    | true  | false | 0
                    """)
    void aMarkerTellsHowItsBodyIsMeant(String marker, String name, boolean expand, boolean chomp, long descriptor) {
        String written = marker;
        Run run = Parsing.first(Run.class, "RUN " + written + "\nbody\n" + name + "\n");
        assertThat(run.heredocs()).containsExactly(new Heredoc(name, "body\n", expand, chomp, descriptor));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"RUN \"<<EOF\"", "RUN a<<EOF", "RUN <<<EOF", "RUN [\"<<EOF\"]", "USER <<EOF", "RUN <<EOF '"})
    void theseAreNoMarkers(String instruction) {
        assertThat(Parsing.parse("FROM a\n" + instruction + "\nUSER b\n")
                        .stages()
                        .get(0)
                        .instructions())
                .hasSize(2);
    }

    @Test
    void bodiesFollowInTheOrderOfTheirMarkers() {
        Copy copy = Parsing.first(Copy.class, "COPY <<A <<-\"B\" x /d\nB\n$a\nA\n\tb\n\tB\n");
        assertThat(copy.files())
                .isEqualTo(new Transfer(
                        List.of("x"),
                        List.of(
                                new Transfer.InlineFile("A", "B\n$a\n", true),
                                new Transfer.InlineFile("B", "b\n", false)),
                        "/d"));
    }

    @Test
    void ofTwoBodiesWithOneNameTheLastCounts() {
        Add add = Parsing.first(Add.class, "ADD <<A <<A /d\none\nA\ntwo\nA\n");
        assertThat(add.files().inlineFiles())
                .extracting(Transfer.InlineFile::content)
                .containsExactly("two\n", "two\n");
    }

    @Test
    void amongOtherWordsTheBodyIsNoScript() {
        Run run = Parsing.first(Run.class, "RUN cat <<A > /x\none\nA\n");
        assertThat(run.script()).isEmpty();
        assertThat(run.heredocs()).hasSize(1);
    }

    @Test
    void aTriggerTakesItsHeredocsAlong() {
        OnBuild onBuild = Parsing.first(OnBuild.class, "ONBUILD RUN <<E\necho\nE\n");
        assertThat(onBuild.expression()).isEqualTo("RUN <<E\necho\nE");
        Run run = (Run) DockerfileParser.parseTrigger(onBuild.expression(), new SourceRange(5, 0, 6, 0));
        assertThat(run.script()).get().extracting(Heredoc::content).isEqualTo("echo\n");
        assertThat(run.statement().ranges()).containsExactly(SourceRange.line(5), SourceRange.line(6));
    }

    @Test
    void brokenHeredocsAreRefused() {
        assertThat(Parsing.message("RUN <<EOF\necho\n")).isEqualTo("unterminated heredoc");
        assertThat(Parsing.message("COPY a <<EOF\nEOF\n")).isEqualTo("COPY cannot accept a heredoc as a destination");
        assertThat(Parsing.message("ADD a <<EOF\nEOF\n")).isEqualTo("ADD cannot accept a heredoc as a destination");
    }
}
