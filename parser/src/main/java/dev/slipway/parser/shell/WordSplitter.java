package dev.slipway.parser.shell;

import dev.slipway.parser.text.Blanks;
import java.util.ArrayList;
import java.util.List;

/** Collects the words of a text while it is expanded. */
final class WordSplitter {

    private final StringBuilder word;
    private final List<String> words = new ArrayList<>();
    private boolean inWord;

    /** Collects into this buffer, which the caller may clear at any time. */
    WordSplitter(StringBuilder buffer) {
        word = buffer;
    }

    /** Adds text in which blanks split words. */
    void addSplitting(CharSequence text) {
        text.codePoints().forEach(this::addSplitting);
    }

    /** Adds a character that ends a word if it is a blank. */
    void addSplitting(int c) {
        if (!Blanks.isBlank(c)) {
            add(c);
        } else if (inWord && !word.isEmpty()) {
            endWord();
        }
    }

    /** Adds a character that never splits. */
    void add(int c) {
        word.appendCodePoint(c);
        inWord = true;
    }

    /** Adds text that never splits. */
    void add(CharSequence text) {
        word.append(text);
        inWord = true;
    }

    /** Ends the last word and returns all of them. */
    List<String> words() {
        if (!word.isEmpty()) {
            endWord();
        }
        return List.copyOf(words);
    }

    private void endWord() {
        words.add(word.toString());
        word.setLength(0);
        inWord = false;
    }
}
