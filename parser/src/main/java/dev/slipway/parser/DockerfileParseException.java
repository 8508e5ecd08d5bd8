package dev.slipway.parser;

import static java.util.Objects.requireNonNull;

import dev.slipway.parser.text.LosslessUtf8;
import dev.slipway.parser.text.SourceRange;
import dev.slipway.parser.text.Suggestions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Dockerfile, or a trigger of an image, can't be understood.
 *
 * <p>The message is BuildKit's, with its prefix {@code dockerfile parse error on line N: } where BuildKit has it and with the
 * suggestion, if there is one, in parentheses at its end. Bytes that are not UTF-8 appear in it as {@code U+FFFD}.
 */
public final class DockerfileParseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<SourceRange> ranges;
    private final transient Optional<SourceRange> focus;
    private final @Nullable String suggestion;

    DockerfileParseException(String message, List<SourceRange> ranges) {
        this(message, ranges, Optional.empty(), Optional.empty());
    }

    DockerfileParseException(
            String message, List<SourceRange> ranges, Optional<SourceRange> focus, Optional<String> suggestion) {
        this(message + Suggestions.hint(suggestion), suggestion.orElse(null), ranges, focus);
    }

    private DockerfileParseException(
            String message, @Nullable String suggestion, List<SourceRange> ranges, Optional<SourceRange> focus) {
        super(LosslessUtf8.repair(message));
        this.ranges = List.copyOf(ranges);
        this.focus = focus;
        this.suggestion = suggestion;
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }

    /** The same failure at another place. */
    DockerfileParseException movedTo(List<SourceRange> place) {
        return new DockerfileParseException(getMessage(), suggestion, place, Optional.empty());
    }

    /** The lines that the message is about, one range per line; empty if there are none, as for an empty file. */
    public List<SourceRange> ranges() {
        return ranges;
    }

    /** The exact place within those lines, if it is known: where a caret belongs. */
    public Optional<SourceRange> focus() {
        return focus;
    }

    /** The word that the author probably meant. */
    public Optional<String> suggestion() {
        return Optional.ofNullable(suggestion);
    }
}
