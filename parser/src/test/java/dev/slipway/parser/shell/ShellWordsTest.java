package dev.slipway.parser.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellWordsTest {

    private static final ShellWords WORDS = ShellWords.of('\\');

    private static final Map<String, String> ENVIRONMENT = new TreeMap<>(Map.of(
            "FOO", "xxyy",
            "FILE", "a/b.tar.gz",
            "STAR", "a*b?c",
            "EMPTY", "",
            "DOLLAR", "$0",
            "LINES", "one\ntwo",
            "KOREAN", "한국한국"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    ${FOO}              | xxyy
                    ${FOO:-z}           | xxyy
                    ${EMPTY:-z}         | z
                    ${EMPTY-z}          | ~~
                    ${NONE-z}           | z
                    ${FOO:+z}           | z
                    ${EMPTY:+z}         | ~~
                    ${EMPTY+z}          | z
                    ${FOO?z}            | xxyy
                    ${FOO#x}            | xyy
                    ${FOO#*x}           | xyy
                    ${FOO##*x}          | yy
                    ${FOO#?}            | xyy
                    ${FOO#y}            | xxyy
                    ${FOO%y}            | xxy
                    ${FILE%.*}          | a/b.tar
                    ${FILE%%.*}         | a/b
                    ${FILE##*/}         | b.tar.gz
                    ${STAR#*\\*}        | b?c
                    ${STAR%\\?c}        | a*b
                    ${STAR%%\\**\\?*}   | a
                    ${FOO/x/w}          | wxyy
                    ${FOO//x/w}         | wwyy
                    ${FOO/x/}           | xyy
                    ${FOO//x/}          | yy
                    ${FOO/x*/w}         | w
                    ${FOO/*y/w}         | w
                    ${FOO//?/w}         | wwww
                    ${FOO//w/x}         | xxyy
                    ${FOO///w}          | wxwxwywyw
                    ${FOO/""/w}         | wxxyy
                    ${FILE//\\//:}      | a:b.tar.gz
                    ${FOO/x/$EMPTY}     | xyy
                    ${FOO//x/$DOLLAR}   | xxyy
                    ${FOO//x/\\$1}      | ~\\\\yy~
                    ${LINES#*}          | one¶two
                    ${LINES##*}         | ¶two
                    ${LINES//*/-}       | -¶-
                    ${KOREAN%국*}       | 한국한
                    ${KOREAN//국/}      | 한한
                    ${NONE//a/b}        | ~~
                    ${NONE#a}           | ~~
                    ${FOO:-${NONE:-a}}  | xxyy
                    ${NONE:-"a  $FOO"}  | a  xxyy
                    """)
    void modifiersChangeTheValue(String word, String expected) {
        assertThat(expand(word)).isEqualTo(expected.replace('¶', '\n'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    'a                | unexpected end of statement while looking for matching single-quote
                    "a                | unexpected end of statement while looking for matching double-quote
                    ${                | syntax error: missing '}'
                    ${}               | syntax error: bad substitution
                    ${:a}             | syntax error: bad substitution
                    ${FOO             | unsupported modifier (�) in substitution
                    ${FOO:-a          | syntax error: missing '}'
                    ${FOO/a}          | syntax error: missing '/' in ${}
                    ${FOO/a/b         | syntax error: missing '}'
                    ${FOO=a}          | unsupported modifier (=) in substitution
                    ${FOO:=a}         | unsupported modifier (:=) in substitution
                    ${FOO:#a}         | unsupported modifier (:#) in substitution
                    ${FOO.}           | unsupported modifier (.) in substitution
                    ${NONE?}          | NONE: is not allowed to be unset
                    ${NONE:?}         | NONE: is not allowed to be unset
                    ${EMPTY:?}        | EMPTY: is not allowed to be empty
                    ${NONE?"no way"}  | NONE: no way
                    ${FOO#\\a}        | ~invalid pattern (\\a) in substitution: invalid escape '\\a'~
                    """)
    void whatCanNotBeExpandedIsRefused(String word, String problem) {
        assertThatThrownBy(() -> expand(word))
                .isInstanceOf(ExpansionException.class)
                .hasMessageStartingWith("failed to process \"")
                .hasMessageEndingWith("\": " + problem);
    }

    @Test
    void theWordIsQuotedInTheMessage() {
        assertThatThrownBy(() -> expand("\"a\t"))
                .hasMessage("failed to process \"\\\"a\\t\": unexpected end of statement while looking for matching"
                        + " double-quote");
    }

    @Test
    void theEscapeCharacterIsConfigurable() {
        assertThat(ShellWords.of('`').expand("c:\\a`$FOO", environment()).text())
                .isEqualTo("c:\\a$FOO");
    }

    @Test
    void lookedUpVariablesAreReported() {
        Expansion expansion = WORDS.expand("$FOO ${NONE:-$EMPTY} '$X' $FOO", environment());
        assertThat(expansion.matched()).containsExactly("FOO", "EMPTY");
        assertThat(expansion.unmatched()).containsExactly("NONE");
    }

    @Test
    void unsetVariablesCanBeKept() {
        ShellWords keeping = WORDS.keepUnset();
        assertThat(keeping.expand("$NONE ${NONE} ${NONE:-$FOO} ${NONE//a/b} $FOO", environment())
                        .text())
                .isEqualTo("$NONE ${NONE} ${NONE:-xxyy} ${NONE/a/b} xxyy");
    }

    @Test
    void quotesAndEscapesCanBeKept() {
        assertThat(WORDS.keepQuotes()
                        .expand("\"a $FOO\" 'b' \\c", environment())
                        .text())
                .isEqualTo("\"a xxyy\" 'b' c");
        assertThat(WORDS.keepEscapes().expand("\\a \"\\$\"", environment()).text())
                .isEqualTo("\\a \\$");
    }

    @Test
    void inAHeredocQuotesAreOrdinary() {
        assertThat(WORDS.ignoreQuotes()
                        .expand("it's \"$FOO\" \\$FOO \\\\ \\\n.", environment())
                        .text())
                .isEqualTo("it's \"xxyy\" $FOO \\ \n.");
    }

    @Test
    void wordsAreSplitAtBlanksThatAreNotQuoted() {
        Variables variables = Variables.of(Map.of("A", " a  b ", "Q", "\"c d\""));
        assertThat(WORDS.words("x$A\"$A\"y $Q '' \u00A0z", variables))
                .containsExactly("x", "a", "b", " a  b y", "\"c", "d\"", "z");
        assertThat(WORDS.words("", variables)).isEmpty();
    }

    /** A quirk of BuildKit: a word in a substitution takes the place of what stands before it. */
    @Test
    void aNestedWordDropsTheStartOfItsWord() {
        assertThat(WORDS.words("a${NONE:-b}c", environment())).containsExactly("bc");
        assertThat(expand("a${NONE:-b}c")).isEqualTo("abc");
    }

    @Test
    void blanksBehindAHeredocMarkerBelongToIt() {
        assertThat(WORDS.words("a << EOF b", environment())).containsExactly("a", "<< EOF", "b");
    }

    @Test
    void damagedTextIsRepaired() {
        assertThat(expand("a\uDCFF$FOO")).isEqualTo("a\uFFFDxxyy");
        assertThat(expand("\uFEFFa\uFEFF")).isEqualTo("a\uFEFF");
    }

    @Test
    void variablesMayMatchInAnyLetterCase() {
        Variables variables = Variables.ignoringCase(Map.of("Path", "x"));
        assertThat(WORDS.expand("$PATH $path", variables).text()).isEqualTo("x x");
    }

    @Test
    void nestingIsBounded() {
        String nested = "${NONE:-".repeat(100_000);
        assertThatThrownBy(() -> expand(nested)).hasMessageContaining("failed to process");
        String fine = "${NONE:-".repeat(100) + "a" + "}".repeat(100);
        assertThat(expand(fine)).isEqualTo("a");
        String deep = "${NONE:-".repeat(300) + "a" + "}".repeat(300);
        assertThatThrownBy(() -> expand(deep)).hasMessageEndingWith("substitutions are nested deeper than 200");
    }

    @Test
    void growthIsBounded() {
        Variables variables = Variables.of(Map.of("A", "x".repeat(100_000)));
        assertThatThrownBy(() -> WORDS.expand("$A".repeat(20), variables))
                .hasMessageEndingWith("the text grows by more than 1048576 characters");
        assertThatThrownBy(() -> WORDS.expand("${A//x/" + "y".repeat(100) + "}", variables))
                .hasMessageEndingWith("the text grows out of bounds");
    }

    @Test
    void patternsCanNotTakeForever() {
        Variables variables = Variables.of(Map.of("A", "ab".repeat(10_000)));
        String pattern = "*a".repeat(50) + "c";
        assertThat(WORDS.expand("${A##" + pattern + "}", variables).text()).hasSize(20_000);
        assertThat(WORDS.expand("${A//" + pattern + "/x}", variables).text()).hasSize(20_000);
        assertThatThrownBy(() -> WORDS.expand("${A##" + "*a".repeat(20_000) + "c}", variables))
                .hasMessageEndingWith("the pattern and its text are too long");
    }

    private static String expand(String word) {
        return WORDS.expand(word, environment()).text();
    }

    private static Variables environment() {
        return Variables.of(ENVIRONMENT);
    }
}
