package dev.slipway;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.llb.SourceLocation;
import java.util.List;

/**
 * A build failed, or was refused before it began. The message is for the user: where, what is wrong and what to do. Credentials of
 * URLs in it are hidden. It may quote what comes from outside as it is; {@link #report()} is fit for a terminal.
 */
public final class BuildException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<SourceLocation> locations;

    /**
     * @param locations where in the Dockerfile, the innermost place first
     * @param cause null if there is none
     */
    public BuildException(String message, List<SourceLocation> locations, Throwable cause) {
        super(UrlCredentials.redact(message), cause);
        this.locations = List.copyOf(requireNonNull(locations, "locations is null"));
    }

    /** A failure that no line of the Dockerfile is the reason of. */
    public BuildException(String message) {
        this(message, List.of(), null);
    }

    /** Where in the Dockerfile, the innermost place first; none if the cause lies elsewhere. */
    public List<SourceLocation> locations() {
        return locations == null ? List.of() : locations;
    }

    /** The message with the place before it and the lines it speaks of below, fit for a terminal. */
    public String report() {
        return Excerpt.report(getMessage(), locations());
    }
}
