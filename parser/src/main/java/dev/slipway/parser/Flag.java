package dev.slipway.parser;

import org.antlr.v4.runtime.Token;

/**
 * A flag of an instruction.
 *
 * @param text without quotes and escapes
 * @param from where it starts in its line
 * @param to where it ends in its line
 */
record Flag(String text, int from, int to) {

    static Flag of(Token token, char escape) {
        return new Flag(unquote(token.getText(), escape), token.getStartIndex(), token.getStopIndex() + 1);
    }

    private static String unquote(String text, char escape) {
        if (text.indexOf(escape) < 0 && text.indexOf('"') < 0 && text.indexOf('\'') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == escape) {
                i++;
                out.append(text, i, Math.min(i + 1, text.length()));
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
