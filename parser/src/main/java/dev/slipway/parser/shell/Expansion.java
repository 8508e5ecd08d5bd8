package dev.slipway.parser.shell;

import java.util.Set;

/**
 * The result of expanding a text.
 *
 * @param text with its variables replaced, quotes and escapes removed
 * @param matched the variables that were looked up and are set, in order of first use
 * @param unmatched the variables that were looked up and are unset, in order of first use
 */
public record Expansion(String text, Set<String> matched, Set<String> unmatched) {}
