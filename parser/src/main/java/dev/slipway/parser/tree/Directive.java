package dev.slipway.parser.tree;

/**
 * A parser directive, such as {@code # escape=`}.
 *
 * @param name in lower case: {@code syntax}, {@code escape} or {@code check}
 * @param value all that follows {@code =}, surrounding blanks removed
 * @param line its line, counted from 1
 */
public record Directive(String name, String value, int line) {

    /** The value up to the first blank: the part of a {@code syntax} or {@code check} directive that BuildKit uses. */
    public String firstWord() {
        int space = value.indexOf(' ');
        return space < 0 ? value : value.substring(0, space);
    }
}
