package dev.slipway.frontend;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A context that a Dockerfile names in FROM, {@code COPY --from} or a mount.
 *
 * @param value {@code docker-image://REFERENCE}, {@code oci-layout://STORE@DIGEST}, {@code local:FOLDER}, {@code target:STAGE}
 *     or the URL of a git repository or a file
 * @param session id of the session of a local folder or layout; empty if the build has but one
 * @param sharedKey tells one client's local folder from another's of the same name; mostly empty
 * @param ignorePatterns what is left out of a local folder, as read from its own {@code .dockerignore}
 */
public record NamedContext(String value, String session, String sharedKey, List<String> ignorePatterns) {

    public NamedContext {
        requireNonNull(value, "value is null");
        requireNonNull(session, "session is null");
        requireNonNull(sharedKey, "sharedKey is null");
        ignorePatterns = List.copyOf(ignorePatterns);
    }

    /** A context of this value, with nothing left out of it. */
    public static NamedContext of(String value) {
        return new NamedContext(value, "", "", List.of());
    }
}
