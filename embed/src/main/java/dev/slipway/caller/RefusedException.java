package dev.slipway.caller;

import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.llb.SourceLocation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A build is refused, or something on this machine that it needs cannot be had. Callers of the API never see it: they get a {@code
 * BuildException} with the same message, places and cause.
 */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<SourceLocation> locations;

    /**
     * @param locations where in the Dockerfile, the innermost place first
     * @param cause null if there is none
     */
    public RefusedException(String message, List<SourceLocation> locations, @Nullable Throwable cause) {
        super(UrlCredentials.redact(message), cause);
        this.locations = List.copyOf(locations);
    }

    /** A refusal that no line of the Dockerfile is the reason of. */
    public RefusedException(String message) {
        this(message, List.of(), null);
    }

    /** Where in the Dockerfile, the innermost place first; none if the reason lies elsewhere. */
    public List<SourceLocation> locations() {
        return locations == null ? List.of() : locations;
    }
}
