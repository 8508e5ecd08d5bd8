package dev.slipway.parser;

import static java.util.Objects.requireNonNull;

import dev.slipway.parser.text.SourceRange;
import java.util.List;
import java.util.Optional;

/** Why a logical line is not a valid instruction. Code that knows the line turns it into a {@link DockerfileParseException}. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Optional<String> suggestion;
    private final int from;
    private final int to;

    private Refusal(String message, Optional<String> suggestion, int from, int to) {
        super(message, null, false, false);
        this.suggestion = suggestion;
        this.from = from;
        this.to = to;
    }

    Refusal(String message) {
        this(message, Optional.empty(), 0, 0);
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }

    Refusal suggesting(Optional<String> word) {
        return new Refusal(getMessage(), word, from, to);
    }

    /** Names the part of the line that is wrong, from one character (inclusive) to another (exclusive). */
    Refusal at(int first, int end) {
        return new Refusal(getMessage(), suggestion, first, end);
    }

    /** The failure of a line that is not in the file itself. */
    DockerfileParseException toException(String prefix, List<SourceRange> ranges) {
        return new DockerfileParseException(prefix + getMessage(), ranges, Optional.empty(), suggestion);
    }

    /** The failure of this line. */
    DockerfileParseException toException(String prefix, List<SourceRange> ranges, LogicalLine line) {
        Optional<SourceRange> focus = to > from ? Optional.of(line.rangeOf(from, to)) : Optional.empty();
        return new DockerfileParseException(prefix + getMessage(), ranges, focus, suggestion);
    }
}
