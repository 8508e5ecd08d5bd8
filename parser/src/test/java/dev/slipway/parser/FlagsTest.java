package dev.slipway.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.parser.tree.Add;
import dev.slipway.parser.tree.Cmd;
import dev.slipway.parser.tree.Copy;
import dev.slipway.parser.tree.Run;
import dev.slipway.parser.tree.StopSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    --chown="a b"    | a b
                    --chown='a "b'   | a "b
                    --chown=a\\ b    | a b
                    --chown='a\\'b'  | a'b
                    "--chown=a"      | ~~
                    --cho"wn"=a      | a
                    --chown=         | ~~
                    """)
    void quotesAndEscapesAreRemoved(String flag, String value) {
        Copy copy = Parsing.first(Copy.class, "COPY " + flag + " x y\n");
        assertThat(copy.chown()).isEqualTo(value);
    }

    @Test
    void twoDashesEndTheFlags() {
        assertThat(Parsing.first(Copy.class, "COPY --link -- --a b\n").files().sources())
                .containsExactly("--a");
    }

    @Test
    void aFlagBehindAWordIsAWord() {
        Add add = Parsing.first(Add.class, "ADD a --link=true /x\n");
        assertThat(add.link()).isFalse();
        assertThat(add.files().sources()).containsExactly("a", "--link=true");
    }

    @Test
    void switchesHaveThreeStates() {
        assertThat(Parsing.first(Add.class, "ADD a b\n").unpack()).isEmpty();
        assertThat(Parsing.first(Add.class, "ADD --unpack a b\n").unpack()).contains(true);
        assertThat(Parsing.first(Add.class, "ADD --unpack=False a b\n").unpack())
                .contains(false);
    }

    @Test
    void flagsOfRunAreTyped() {
        Run run = Parsing.first(
                Run.class,
                "RUN --network=none --security=insecure --device=a,required --mount=type=bind --mount='\"x=a,b\",RO' c\n");
        assertThat(run.network()).isEqualTo(Run.Network.NONE);
        assertThat(run.security()).isEqualTo(Run.Security.INSECURE);
        assertThat(run.devices()).containsExactly(new Run.Device("a", true));
        assertThat(run.mounts()).hasSize(2);
        assertThat(run.mounts().get(1).fields())
                .extracting(field -> field.key() + " -> " + field.value().orElse("none"))
                .containsExactly("x -> a,b", "ro -> none");
    }

    @Test
    void someInstructionsIgnoreFlags() {
        assertThat(Parsing.first(StopSignal.class, "STOPSIGNAL --what 9\n").signal())
                .isEqualTo("9");
        assertThat(Parsing.message("ARG --what a\n")).isEqualTo("parsed");
        assertThat(Parsing.message("HEALTHCHECK --what NONE\n")).isEqualTo("parsed");
    }

    /** BuildKit takes each byte of a flag for a character, and two kinds of bytes for blanks. */
    @Test
    void flagsAreReadByteByByte() {
        assertThat(Parsing.first(Copy.class, "COPY --chown=é a b\n").chown()).isEqualTo("Ã©");
        Copy copy = Parsing.first(Copy.class, "COPY --chown=àé ü b\n");
        assertThat(copy.chown()).isEqualTo("Ã");
        assertThat(copy.files().sources()).containsExactly("é", "ü");
        assertThat(Parsing.first(Cmd.class, "CMD é --x\n").command().arguments())
                .containsExactly("é --x");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    RUN --mont=type=bind x         | unknown flag: --mont (did you mean mount?)
                    COPY --Link a b                | unknown flag: --Link (did you mean link?)
                    ENV --x a=b                    | unknown flag: --x
                    COPY --chown a b               | missing a value on flag: --chown
                    COPY --link= a b               | missing a value on flag: --link
                    COPY --link=1 a b              | expecting boolean value for flag --link, not: 1
                    COPY --chown=a --chown=b c d   | duplicate flag specified: --chown
                    COPY --x a                     | ~COPY requires at least two arguments, but only one was provided. Destination could not be determined~
                    RUN --network=x y              | invalid network mode "x"
                    RUN --security=x y             | security "x" is not valid
                    RUN --mount=from=$x,a=b y      | 'from' doesn't support variable expansion, define alias stage instead
                    RUN --mount= y                 | failed to parse csv mounts: EOF
                    RUN --mount='a"b' y            | failed to parse csv mounts: parse error on line 1, column 2: bare " in non-quoted-field
                    RUN --mount='"a"b' y           | failed to parse csv mounts: parse error on line 1, column 3: extraneous or missing " in quoted-field
                    RUN --device=name=a,name=b y   | device name already set to a
                    RUN --device=a,b y             | invalid field 'b' must be a key=value pair
                    RUN --device=a,required=x y    | invalid value for required: x
                    RUN --device=a,nam=b y         | unexpected key 'nam' in 'nam=b' (did you mean name?)
                    """)
    void wrongFlagsAreRefused(String instruction, String message) {
        assertThat(Parsing.message(instruction + "\n")).isEqualTo(message);
    }
}
