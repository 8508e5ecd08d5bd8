package dev.slipway.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.parser.tree.Arg;
import dev.slipway.parser.tree.Cmd;
import dev.slipway.parser.tree.CommandLine;
import dev.slipway.parser.tree.Copy;
import dev.slipway.parser.tree.Entrypoint;
import dev.slipway.parser.tree.Env;
import dev.slipway.parser.tree.Expose;
import dev.slipway.parser.tree.KeyValue;
import dev.slipway.parser.tree.Label;
import dev.slipway.parser.tree.Volume;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammars of arguments. */
class ArgumentsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    a=b               | a=b
                    a=b c=d           | a=b, c=d
                    a="b c" d='e "f'  | a="b c", d='e "f'
                    a=b\\ c d=e       | a=b\\ c, d=e
                    a= b=             | a=, b=
                    a=b=c             | a=b=c
                    "a b"=c           | "a b"=c
                    a="b              | a="b
                    a=b\\\\\\         | a=b\\\\
                    a='b\\\\\\        | a='b\\\\\\
                    """)
    void pairsKeepQuotesAndEscapes(String arguments, String pairs) {
        Env env = Parsing.first(Env.class, "ENV " + arguments + "\n");
        assertThat(env.pairs())
                .extracting(pair -> pair.key() + "=" + pair.value())
                .containsExactly(pairs.split(", "));
        assertThat(env.pairs()).noneMatch(KeyValue::legacy);
    }

    @Test
    void withoutEqualsSignTheRestIsOneValue() {
        assertThat(Parsing.first(Env.class, "ENV A   b  \"c d=e\n").pairs())
                .containsExactly(new KeyValue("A", "b  \"c d=e", true));
        assertThat(Parsing.first(Label.class, "LABEL \"a b\" c\n").pairs())
                .containsExactly(new KeyValue("\"a", "b\" c", true));
    }

    @Test
    void argumentsMayHaveDefaults() {
        assertThat(Parsing.first(Arg.class, "ARG a b=c \"d=e f\" g=\n").variables())
                .containsExactly(
                        new Arg.Variable("a", Optional.empty()),
                        new Arg.Variable("b", Optional.of("c")),
                        new Arg.Variable("\"d", Optional.of("e f\"")),
                        new Arg.Variable("g", Optional.of("")));
    }

    @Test
    void portsAreSortedByTheirBytes() {
        assertThat(Parsing.first(Expose.class, "EXPOSE 80 443/udp $P 1000\n").ports())
                .containsExactly("$P", "1000", "443/udp", "80");
    }

    @Test
    void wordsAreSplitWithoutRegardToQuotes() {
        assertThat(Parsing.first(Copy.class, "COPY \"a b\" c\n").files().sources())
                .containsExactly("\"a", "b\"");
        assertThat(Parsing.first(Volume.class, "VOLUME /a\t/b\n").paths()).containsExactly("/a", "/b");
    }

    @Test
    void arraysOfStringsAreArguments() {
        assertThat(json("[\"a b\", \"\\u00e9\\n\\/\" ,\"\\ud83d\\ude00\",\"\\ud800\"]"))
                .containsExactly("a b", "é\n/", "😀", "\uFFFD");
        assertThat(json("[ ]")).isEmpty();
        assertThat(Parsing.first(Copy.class, "COPY [\"a b\", \"c\"]\n").files().sources())
                .containsExactly("a b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "['a']",
                "[\"a\",]",
                "[\"a\"] b",
                "[\"a\"",
                "[\"a",
                "[\"\\x\"]",
                "[\"\\U0041\"]",
                "[\"a\tb\"]",
                "[a]",
                "[1e999]",
                "[01]",
                "[TRUE]",
                "x [\"a\"]",
                "[\"a\" \"b\"]",
                "[1,]",
                "[{\"a\" 1}]"
            })
    void whatIsNoJsonIsForTheShell(String text) {
        assertThat(Parsing.first(Entrypoint.class, "ENTRYPOINT " + text + "\n").command())
                .isEqualTo(new CommandLine(List.of(text), true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1]",
                "[null]",
                "[\"a\", [\"b\"]]",
                "[{}]",
                "[{\"a\": [true, -1.5e3]}]",
                "[[[]]]",
                "[\"a\",false]"
            })
    void arraysOfAnythingElseAreRefused(String text) {
        String message = "when using JSON array syntax, arrays must be comprised of strings only";
        assertThat(Parsing.message("CMD " + text + "\n")).isEqualTo(message);
        assertThat(Parsing.message("VOLUME " + text + "\n")).isEqualTo(message);
        assertThat(Parsing.message("HEALTHCHECK CMD " + text + "\n")).isEqualTo(message);
    }

    @Test
    void noArgumentsAndAnEmptyArrayDiffer() {
        assertThat(Parsing.first(Cmd.class, "CMD\n").command()).isEqualTo(new CommandLine(List.of(), true));
        assertThat(Parsing.first(Cmd.class, "CMD []\n").command()).isEqualTo(new CommandLine(List.of(), false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    ENV a                   | ENV must have two arguments
                    LABEL a                 | LABEL must have two arguments
                    ENV                     | ENV requires at least one argument
                    ENV a=b c               | ~Syntax error - can't find = in "c". Must be of the form: name=value~
                    ENV =a                  | ENV names can not be blank
                    ARG =a                  | ARG names can not be blank
                    ARG                     | ARG requires at least one argument
                    MAINTAINER              | MAINTAINER requires exactly one argument
                    WORKDIR                 | WORKDIR requires exactly one argument
                    EXPOSE                  | EXPOSE requires at least one argument
                    VOLUME [""]             | VOLUME specified can not be an empty string
                    VOLUME []               | VOLUME requires at least one argument
                    SHELL sh -c             | SHELL requires the arguments to be in JSON form
                    SHELL []                | SHELL requires at least one argument
                    ADD a                   | ~ADD requires at least two arguments, but only one was provided. Destination could not be determined~
                    FROM a b                | FROM requires either one or three arguments
                    FROM a as 1x            | ~invalid name for build stage: "1x", name can't start with a number or contain symbols~
                    FRM a                   | unknown instruction: FRM (did you mean FROM?)
                    frm a                   | unknown instruction: frm (did you mean from?)
                    WHATEVER                | unknown instruction: WHATEVER
                    ONBUILD                 | ONBUILD requires at least one argument
                    ONBUILD onbuild RUN x   | Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed
                    ONBUILD from x          | FROM isn't allowed as an ONBUILD trigger
                    ONBUILD maintainer x    | MAINTAINER isn't allowed as an ONBUILD trigger
                    ONBUILD --x RUN y       | unknown flag: --x
                    """)
    void wrongArgumentsAreRefused(String instruction, String message) {
        assertThat(Parsing.message(instruction + "\n")).isEqualTo(message);
    }

    private static List<String> json(String array) {
        return Parsing.first(Cmd.class, "CMD " + array + "\n").command().arguments();
    }
}
