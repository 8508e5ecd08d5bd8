package dev.slipway.executor.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTextTest {

    private static final String ESC = "\u001b";

    @Test
    void ordinaryTextOfAnyLanguageStays() {
        String text = "Größe\t日本語 👩‍💻 עברית עם עוד";
        assertThat(TerminalText.line(text)).isSameAs(text);
        assertThat(TerminalText.output(text)).isSameAs(text);
    }

    @Test
    void nothingBeginsALineOfItsOwn() {
        assertThat(TerminalText.line("a\nERROR: b\r#1 DONE\u0085c\u2028d\u2029e\u000bf\fg"))
                .isEqualTo("a␊ERROR: b␍#1 DONE�c�d�e␋f␌g");
    }

    @Test
    void nothingSteersTheTerminal() {
        assertThat(TerminalText.line(ESC + "[2J\u009b2J\u0007\b\u007f\u0000")).isEqualTo("␛[2J�2J␇␈␡␀");
    }

    @Test
    void nothingTurnsTheDirectionOfWhatStandsBesideIt() {
        assertThat(TerminalText.line("\u202a\u202b\u202c\u202d\u202e|\u2066\u2067\u2068\u2069"))
                .isEqualTo("�����|����");
    }

    @Test
    void halvesOfCharactersAreReplaced() {
        assertThat(TerminalText.line("a\ud83db\udca9c\ud83d\udca9\ud83d")).isEqualTo("a�b�c💩�");
    }

    @Test
    void whatIsVeryLongIsCutBetweenCharacters() {
        assertThat(TerminalText.line("x".repeat(8191) + "💩" + "y"))
                .isEqualTo("x".repeat(8191) + "... (3 more characters)");
    }

    @Test
    void coloursOfStepsStayAndEndWithTheLine() {
        assertThat(TerminalText.output(ESC + "[1;31mred" + ESC + "[m " + ESC + "[38:5:4mblue"))
                .isEqualTo(ESC + "[1;31mred" + ESC + "[m " + ESC + "[38:5:4mblue" + ESC + "[0m");
    }

    @Test
    void otherSequencesOfStepsAreLeftOut() {
        assertThat(TerminalText.output("a" + ESC + "]52;c;cm0gLXJm\u0007b")).isEqualTo("ab");
        assertThat(TerminalText.output("a" + ESC + "]0;title" + ESC + "\\b")).isEqualTo("ab");
        assertThat(TerminalText.output("a" + ESC + "P+q544e" + ESC + "\\b" + ESC + "_x" + ESC + "\\c"))
                .isEqualTo("abc");
        assertThat(TerminalText.output(
                        "a" + ESC + "[2K" + ESC + "[1;1Hb" + ESC + "[?25lc" + ESC + "(B" + ESC + "7d" + ESC + "cE"))
                .isEqualTo("abcdE");
        assertThat(TerminalText.output("a" + ESC + "]0;never ended")).isEqualTo("a");
        assertThat(TerminalText.output("a" + ESC)).isEqualTo("a␛");
        assertThat(TerminalText.output(ESC + ESC + "[2J[2J")).doesNotContain(ESC);
    }

    @Test
    void noSequenceAppearsWhereAnotherIsLeftOut() {
        assertThat(TerminalText.output(ESC + ESC + "[31m]0;x\u0007")).isEqualTo("␛" + ESC + "[31m]0;x␇" + ESC + "[0m");
    }
}
