package dev.slipway.frontend;

import dev.slipway.executor.text.Reason;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.parser.text.LosslessUtf8;
import dev.slipway.parser.text.SourceRange;
import dev.slipway.parser.text.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Dockerfile can't be converted. The message is BuildKit's, with the suggestion, if there is one, in parentheses. Bytes that
 * are not UTF-8 appear in it as {@code U+FFFD}, and credentials of URLs are hidden.
 */
public final class FrontendException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<SourceRange> ranges;
    private final @Nullable String suggestion;

    private FrontendException(
            String message, List<SourceRange> ranges, @Nullable String suggestion, @Nullable Throwable cause) {
        super(UrlCredentials.redact(LosslessUtf8.repair(message)), cause);
        this.ranges = List.copyOf(ranges);
        this.suggestion = suggestion;
    }

    /** A failure that is not about a particular line. */
    public FrontendException(String message) {
        this(message, List.of(), null, null);
    }

    /** A failure that is not about a particular line, with the word that the author probably meant. */
    public FrontendException(String message, Optional<String> suggestion) {
        this(message + Suggestions.hint(suggestion), List.of(), suggestion.orElse(null), null);
    }

    /**
     * A failure that is not about a particular line, with the word that the author probably meant.
     *
     * @param cause why
     */
    public FrontendException(String message, Optional<String> suggestion, Throwable cause) {
        this(message + Suggestions.hint(suggestion), List.of(), suggestion.orElse(null), cause);
    }

    /** Passes on a failure whose message is already meant for the user. */
    public static FrontendException of(RuntimeException failure) {
        return failure instanceof FrontendException own
                ? own
                : new FrontendException(Reason.of(failure), List.of(), null, failure);
    }

    /** The same failure, about these lines as well. */
    public FrontendException at(List<SourceRange> more) {
        List<SourceRange> all = new ArrayList<>(ranges);
        more.stream().filter(range -> !ranges.contains(range)).forEach(all::add);
        return new FrontendException(Reason.of(this), all, suggestion, this);
    }

    /** The same failure, about these lines only. */
    public FrontendException onlyAt(List<SourceRange> lines) {
        return new FrontendException(Reason.of(this), lines, suggestion, this);
    }

    /** The same failure with a few words before its message. */
    public FrontendException prefixed(String prefix) {
        return new FrontendException(prefix + getMessage(), ranges, suggestion, this);
    }

    /** The lines that the message is about, one range per line; empty if there are none. */
    public List<SourceRange> ranges() {
        return ranges;
    }

    /** The word that the author probably meant. */
    public Optional<String> suggestion() {
        return Optional.ofNullable(suggestion);
    }
}
