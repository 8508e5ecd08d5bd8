package dev.slipway.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.parser.tree.Cmd;
import dev.slipway.parser.tree.Dockerfile;
import dev.slipway.parser.tree.Instruction;
import dev.slipway.parser.tree.Run;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How physical lines become logical ones. */
class LinesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    ~RUN a \\¶  b¶~ | ~a   b~
                    ~RUN a\\ →¶b¶~ | ~ab~
                    ~RUN a\\\\¶RUN b¶~ | ~a\\\\~
                    ~RUN a \\¶# no¶  # no¶b¶~ | ~a b~
                    ~RUN a \\¶¶ ¶b¶~ | ~a b~
                    ~RUN a # b¶~ | ~a # b~
                    ~RUN a \\~ | ~a~
                    ~RUN a \\\\\\¶RUN b¶~ | ~a \\\\\\~
                    ~  RUN  a  b  ¶~ | ~a  b~
                    ~\\¶RUN a¶~ | ~a~
                    ~run→a¶~ | ~a~
                    """)
    void linesAreJoined(String lines, String text) {
        String written = lines.replace('¶', '\n').replace('→', '\t');
        assertThat(text(written)).isEqualTo(text);
    }

    @Test
    void linesMayEndInCarriageReturnAndLineFeed() {
        assertThat(text("RUN a \\\r\n  b\r\n")).isEqualTo("a   b");
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        assertThat(Parsing.parse("\uFEFFFROM a\n").stages()).hasSize(1);
    }

    @Test
    void blanksBeyondAsciiAreBlanksAtTheEndsOfLines() {
        assertThat(text("\u00A0RUN \u2003a\u3000\n")).isEqualTo("a");
    }

    @Test
    void commentsAboveAnInstructionBelongToIt() {
        List<String> comments = commentsAbove("""
                # far away
                #
                # one
                #two

                  # three
                """);
        assertThat(comments).containsExactly("one", "two", "# three");
    }

    @Test
    void commentsInsideAnInstructionAreNobodys() {
        Dockerfile dockerfile = Parsing.parse("FROM a\nRUN a \\\n# inside\nb\nRUN c\n");
        assertThat(dockerfile.stages().get(0).instructions())
                .extracting(Instruction::statement)
                .allSatisfy(statement -> assertThat(statement.comments()).isEmpty());
    }

    @Test
    void theEscapeCharacterIsTheDirectives() {
        Dockerfile dockerfile = Parsing.parse("# escape=`\nFROM a\nRUN dir c:\\ `\n  /w\nCMD [ \"a\\\\b\" ]\n");
        assertThat(dockerfile.escape()).isEqualTo('`');
        List<Instruction> instructions = dockerfile.stages().get(0).instructions();
        assertThat(((Run) instructions.get(0)).command().arguments()).containsExactly("dir c:\\   /w");
        assertThat(((Cmd) instructions.get(1)).command().arguments()).containsExactly("a\\b");
    }

    @Test
    void aDirectiveBehindAnythingElseIsAComment() {
        assertThat(Parsing.parse("\n# escape=`\nFROM a\n").escape()).isEqualTo('\\');
        assertThat(Parsing.parse("# hello\n# escape=`\nFROM a\n").escape()).isEqualTo('\\');
        assertThat(Parsing.parse("#!shebang\n# escape=`\nFROM a\n").escape()).isEqualTo('\\');
    }

    @Test
    void directivesAreReadInAnyCaseAndWithBlanks() {
        Dockerfile dockerfile = Parsing.parse("#  SynTax  =  a b  \n#ESCAPE=\\\nFROM a\n");
        assertThat(dockerfile.directives())
                .extracting(directive -> directive.name() + "=" + directive.value() + "@" + directive.line())
                .containsExactly("syntax=a b@1", "escape=\\@2");
        assertThat(dockerfile.directives().get(0).firstWord()).isEqualTo("a");
    }

    @Test
    void wrongDirectivesAreRefused() {
        assertThat(Parsing.failure("# escape=x\nFROM a\n"))
                .hasMessage("invalid escape token 'x' does not match ` or \\");
        assertThat(Parsing.failure("# check=a\n# check=b\nFROM a\n"))
                .hasMessage("only one check parser directive can be used");
    }

    private static String text(String instructions) {
        return Parsing.first(Run.class, instructions).command().arguments().get(0);
    }

    private static List<String> commentsAbove(String lines) {
        return Parsing.first(Run.class, lines + "RUN a\n").statement().comments();
    }
}
