package dev.slipway.executor;

import java.io.IOException;
import java.util.Optional;

/** Where credentials come from. */
@FunctionalInterface
public interface CredentialSource {

    /** Has no credentials: every request is anonymous. */
    CredentialSource NONE = host -> Optional.empty();

    /**
     * The credential for a registry, if there is one.
     *
     * @param host as references name it, with its port if it has one, such as {@code docker.io} or {@code localhost:5000}
     * @throws IOException if it cannot be read; the message says why. The registry is then asked anonymously, and the message
     *     is shown if that fails
     */
    Optional<Credential> find(String host) throws IOException;

    /**
     * The credential for one repository of a registry. It is that for the registry unless this source tells them apart.
     *
     * @param repository its path, such as {@code library/alpine}
     * @throws IOException as for {@link #find(String)}
     */
    default Optional<Credential> find(String host, String repository) throws IOException {
        return find(host);
    }
}
