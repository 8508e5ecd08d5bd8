package dev.slipway.parser.shell;

import dev.slipway.parser.text.GoText;
import dev.slipway.parser.text.LosslessUtf8;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One pass over one text: returns the expanded text as a whole, and split into words. */
final class WordReader {

    /** Substitutions inside substitutions: far more than anyone writes, far less than the stack holds. */
    private static final int MAX_DEPTH = 200;

    /** How many characters expansion may add to a text. */
    private static final int MAX_GROWTH = 1 << 20;

    private final String source;
    private final ShellWords.Settings settings;
    private final Variables variables;
    private final Cursor in;
    private final Set<String> matched = new LinkedHashSet<>();
    private final Set<String> unmatched = new LinkedHashSet<>();
    private final StringBuilder wordBuffer = new StringBuilder();
    private List<String> words = List.of();
    private boolean keepEscapes;
    private int depth;

    WordReader(String source, ShellWords.Settings settings, Variables variables) {
        this.source = source;
        this.settings = settings;
        this.variables = variables;
        this.in = new Cursor(LosslessUtf8.repair(source));
        this.keepEscapes = settings.keepEscapes();
    }

    /** Expands the whole text. To be called once. */
    String readAll() {
        try {
            return readUntil(Cursor.END, keepEscapes);
        } catch (ExpansionException e) {
            throw new ExpansionException(
                    "failed to process " + GoText.quote(source) + ": " + e.getMessage(), unmatched);
        }
    }

    List<String> words() {
        return words;
    }

    Set<String> matched() {
        return matched;
    }

    Set<String> unmatched() {
        return unmatched;
    }

    ShellWords.Settings settings() {
        return settings;
    }

    /** The value of a variable, or null if it is unset. Remembers that it was asked for. */
    @Nullable
    String lookUp(String name) {
        String value = variables.get(name).orElse(null);
        (value == null ? unmatched : matched).add(name);
        return value;
    }

    int maxLength() {
        return source.length() + MAX_GROWTH;
    }

    /** Expands up to this character, which is consumed, or up to the end of the text. */
    String readUntil(int stop, boolean keepingEscapes) {
        if (++depth > MAX_DEPTH) {
            throw new ExpansionException("substitutions are nested deeper than " + MAX_DEPTH);
        }
        boolean outerKeepEscapes = keepEscapes;
        keepEscapes = keepingEscapes;
        StringBuilder result = new StringBuilder();
        // One buffer for all levels, as in BuildKit: a nested text drops the part of a word that stands before it.
        wordBuffer.setLength(0);
        WordSplitter splitter = new WordSplitter(wordBuffer);
        while (true) {
            int c = in.peek();
            if (c == Cursor.END && stop != Cursor.END) {
                throw new ExpansionException(
                        "unexpected end of statement while looking for matching " + Character.toString(stop));
            }
            if (c == stop) {
                in.next();
                break;
            }
            readOne(c, result, splitter);
            checkLength(result);
        }
        words = splitter.words();
        keepEscapes = outerKeepEscapes;
        depth--;
        return result.toString();
    }

    private void readOne(int c, StringBuilder result, WordSplitter splitter) {
        if (c == '$') {
            String value = new Substitution(this, in).read();
            result.append(value);
            splitter.addSplitting(value);
        } else if (c == '<') {
            addWhole(readHeredocMarker(), result, splitter);
        } else if (c == '\'' && !settings.ignoreQuotes()) {
            addWhole(readSingleQuoted(), result, splitter);
        } else if (c == '"' && !settings.ignoreQuotes()) {
            addWhole(readDoubleQuoted(), result, splitter);
        } else if (c == settings.escape()) {
            readEscaped(result, splitter);
        } else {
            in.next();
            result.appendCodePoint(c);
            splitter.addSplitting(c);
        }
    }

    private static void addWhole(CharSequence text, StringBuilder result, WordSplitter splitter) {
        result.append(text);
        splitter.add(text);
    }

    private void readEscaped(StringBuilder result, WordSplitter splitter) {
        int escape = in.next();
        if (keepEscapes) {
            result.appendCodePoint(escape);
            splitter.add(escape);
        }
        int c = in.next();
        if (c != Cursor.END) {
            result.appendCodePoint(c);
            splitter.add(c);
        }
    }

    /** {@code <<} and the blanks after it are taken together, so that {@code << EOF} is one word. */
    private CharSequence readHeredocMarker() {
        in.next();
        if (in.peek() != '<') {
            return "<";
        }
        in.next();
        StringBuilder marker = new StringBuilder("<<");
        while (in.peek() == ' ' || in.peek() == '\t' || in.peek() == '\r') {
            marker.appendCodePoint(in.next());
        }
        return marker;
    }

    private CharSequence readSingleQuoted() {
        StringBuilder result = new StringBuilder();
        int quote = in.next();
        if (settings.keepQuotes()) {
            result.appendCodePoint(quote);
        }
        while (true) {
            int c = in.next();
            if (c == Cursor.END) {
                throw new ExpansionException("unexpected end of statement while looking for matching single-quote");
            }
            if (c != '\'' || settings.keepQuotes()) {
                result.appendCodePoint(c);
            }
            if (c == '\'') {
                return result;
            }
        }
    }

    private CharSequence readDoubleQuoted() {
        StringBuilder result = new StringBuilder();
        int quote = in.next();
        if (settings.keepQuotes()) {
            result.appendCodePoint(quote);
        }
        while (true) {
            int c = in.peek();
            if (c == Cursor.END) {
                throw new ExpansionException("unexpected end of statement while looking for matching double-quote");
            }
            if (c == '$') {
                result.append(new Substitution(this, in).read());
                checkLength(result);
                continue;
            }
            in.next();
            if (c == settings.escape()) {
                readEscapedInQuotes(c, result);
            } else if (c != '"' || settings.keepQuotes()) {
                result.appendCodePoint(c);
            }
            if (c == '"') {
                return result;
            }
        }
    }

    /** Inside double quotes the escape character is special only before a quote, a dollar and itself. */
    private void readEscapedInQuotes(int escape, StringBuilder result) {
        if (keepEscapes) {
            result.appendCodePoint(escape);
        }
        int c = in.peek();
        if (c == '"' || c == '$' || c == escape) {
            result.appendCodePoint(in.next());
        } else if (c != Cursor.END) {
            result.appendCodePoint(escape); // twice when escapes are kept, as in BuildKit
        }
    }

    private void checkLength(StringBuilder result) {
        if (result.length() > maxLength()) {
            throw new ExpansionException("the text grows by more than " + MAX_GROWTH + " characters");
        }
    }
}
