package dev.slipway.parser.check;

/**
 * A build check.
 *
 * @param name as written in {@code # check=skip=NAME}
 * @param description what the rule asks for
 * @param url its documentation; empty if there is none
 * @param experimental whether it runs only when it is asked for by name or with {@code experimental=all}
 */
public record Rule(String name, String description, String url, boolean experimental) {}
