package dev.slipway.frontend;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ImageReference;
import java.util.List;
import java.util.Optional;

/**
 * A context that a Dockerfile names in FROM, {@code COPY --from} or a mount.
 *
 * @param value {@code docker-image://REFERENCE}, {@code oci-layout://STORE@DIGEST}, {@code local:FOLDER}, {@code target:STAGE}
 *     or the URL of a git repository or a file
 * @param session id of the session of a local folder or layout; empty if the build has only one
 * @param sharedKey distinguishes local folders of several clients that have the same name; usually empty
 * @param ignorePatterns what is left out of a local folder, as read from its own {@code .dockerignore}
 * @param failure why it cannot be used, reported when a step needs it; empty as long as no reason is known
 */
public record NamedContext(
        String value, String session, String sharedKey, List<String> ignorePatterns, Optional<String> failure) {

    private static final String LATEST = ":latest";

    public NamedContext {
        requireNonNull(value, "value is null");
        requireNonNull(session, "session is null");
        requireNonNull(sharedKey, "sharedKey is null");
        ignorePatterns = List.copyOf(ignorePatterns);
        requireNonNull(failure, "failure is null");
    }

    /** A context that can be used as far as is known. */
    public NamedContext(String value, String session, String sharedKey, List<String> ignorePatterns) {
        this(value, session, sharedKey, ignorePatterns, Optional.empty());
    }

    /** A context that cannot be used, which matters only to a step that needs it. */
    public static NamedContext unusable(String value, String failure) {
        return new NamedContext(value, "", "", List.of(), Optional.of(failure));
    }

    /** A context with this value and without ignore patterns. */
    public static NamedContext of(String value) {
        return new NamedContext(value, "", "", List.of());
    }

    /**
     * The short form of a name, by which contexts are stored and found: {@code alpine} for
     * {@code docker.io/library/alpine:latest}.
     *
     * @throws IllegalArgumentException if this is not a valid name
     */
    public static String usualName(String name) {
        String familiar = ImageReference.parse(name).familiar();
        return familiar.endsWith(LATEST) ? familiar.substring(0, familiar.length() - LATEST.length()) : familiar;
    }
}
