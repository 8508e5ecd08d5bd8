package dev.slipway.parser.tree;

/**
 * A name and a value of ENV or LABEL, both as written, quotes included.
 *
 * @param key never empty
 * @param value may be empty
 * @param legacy whether it was written as {@code key value}, without {@code =}
 */
public record KeyValue(String key, String value, boolean legacy) {}
