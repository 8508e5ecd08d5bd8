package dev.slipway.cli;

import picocli.CommandLine.Option;

/** {@code --format}: for people or for programs. */
final class FormatOption {

    @Option(names = "--format", paramLabel = "text|json", description = "How to print it (default: text).")
    private Format format = Format.TEXT;

    private enum Format {
        TEXT,
        JSON
    }

    static FormatOption json() {
        FormatOption option = new FormatOption();
        option.format = Format.JSON;
        return option;
    }

    boolean isJson() {
        return format == Format.JSON;
    }

    /** Prints the one that was asked for, on standard output. */
    void print(String text, String json) {
        String chosen = format == Format.JSON ? json : text;
        System.out.print(chosen.endsWith("\n") || chosen.isEmpty() ? chosen : chosen + System.lineSeparator());
    }
}
