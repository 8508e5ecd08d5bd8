package dev.slipway.executor.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes text from outside harmless before it is printed: names in archives, labels, headers, answers of registries, output of steps.
 * It can then not start a new line, move the cursor, set the title, fill the clipboard, or change the direction of the text
 * around it. Characters that could do so are replaced: those of ASCII by their pictures, such as {@code ␛} and {@code ␊},
 * others by {@code �}. Output for programs, such as JSON, does not go through here.
 */
public final class TerminalText {

    /** Enough for any honest message, and not too much for a terminal. */
    private static final int LONGEST = 8192;

    private static final char PICTURES = '\u2400';
    private static final char PICTURE_OF_DELETE = '\u2421';
    private static final char REPLACEMENT = '\uFFFD';

    private static final Pattern COLOR = Pattern.compile("\u001b\\[[0-9;:]*m");

    /**
     * The other escape sequences, as ECMA-48 has them: those with parameters, strings for the terminal up to their end, and short
     * ones.
     */
    private static final Pattern ESCAPE = Pattern.compile("\u001b(?:\\[[0-?]*[ -/]*[@-~]"
            + "|[\\]PX^_][^\u0007\u001b]*+(?:\u0007|\u001b\\\\)?"
            + "|[ -/]*[0-OQ-WYZ\\\\`-~])");

    private static final String RESET = "\u001b[0m";

    private TerminalText() {}

    /** The text as a part of one line. Text longer than 8,192 characters is cut, and says so. */
    public static String line(String text) {
        if (text.length() > LONGEST) {
            int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
            return harmless(text.substring(0, end)) + "... (" + (text.length() - end) + " more characters)";
        }
        return harmless(text);
    }

    /** A line of a step's output: colours stay and end with the line, other escape sequences are removed. */
    public static String output(String line) {
        if (line.indexOf('\u001b') < 0) {
            return harmless(line);
        }
        StringBuilder text = new StringBuilder();
        Matcher color = COLOR.matcher(line);
        int from = 0;
        while (color.find()) {
            text.append(withoutEscapes(line.substring(from, color.start()))).append(color.group());
            from = color.end();
        }
        text.append(withoutEscapes(line.substring(from)));
        return from > 0 ? text + RESET : text.toString();
    }

    private static String withoutEscapes(String text) {
        return harmless(ESCAPE.matcher(text).replaceAll(""));
    }

    private static String harmless(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (shown(text, i) != text.charAt(i)) {
                char[] shown = new char[text.length()];
                for (int j = 0; j < shown.length; j++) {
                    shown[j] = shown(text, j);
                }
                return new String(shown);
            }
        }
        return text;
    }

    private static char shown(String text, int index) {
        char c = text.charAt(index);
        if (c < ' ') {
            return c == '\t' ? c : (char) (PICTURES + c);
        }
        if (c < 0x7f) {
            return c;
        }
        if (c == 0x7f) {
            return PICTURE_OF_DELETE;
        }
        return c < 0xa0 || turnsOrBreaks(c) || isLoneSurrogate(text, index) ? REPLACEMENT : c;
    }

    /** Embeddings, overrides and isolates of direction, and the separators of lines and paragraphs. */
    private static boolean turnsOrBreaks(char c) {
        return c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069' || c == '\u2028' || c == '\u2029';
    }

    private static boolean isLoneSurrogate(String text, int index) {
        char c = text.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        return Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }
}
