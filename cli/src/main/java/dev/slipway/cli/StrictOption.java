package dev.slipway.cli;

import picocli.CommandLine.Option;

/** {@code --strict}: whether a check fails for what only Slipway's own rules find. */
final class StrictOption {

    @Option(names = "--strict", description = "Fail on Slipway's own rules too, not only on BuildKit's.")
    private boolean strict;

    boolean isSet() {
        return strict;
    }

    Question question() {
        return strict ? Question.STRICT_CHECK : Question.CHECK;
    }
}
