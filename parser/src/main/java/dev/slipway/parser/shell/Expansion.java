package dev.slipway.parser.shell;

import java.util.List;
import java.util.Set;

/**
 * What became of a word.
 *
 * @param text the word with its variables replaced and its quotes removed
 * @param words the same, split at blanks that are not quoted
 * @param matched the variables that were looked up and set, in order of first use
 * @param unmatched the variables that were looked up and unset, in order of first use
 */
public record Expansion(String text, List<String> words, Set<String> matched, Set<String> unmatched) {}
