package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Proves to a registry who is asking.
 *
 * @param username the user name; ignored for an identity token
 * @param secret the password or token
 * @param identityToken whether the secret is an identity token, to be exchanged for access tokens, and not a password
 * @param origin where it comes from, such as a file, for messages; empty if that is not known
 */
public record Credential(String username, String secret, boolean identityToken, String origin) {

    public Credential {
        requireNonNull(username, "username is null");
        requireNonNull(secret, "secret is null");
        requireNonNull(origin, "origin is null");
    }

    /** A credential from nowhere in particular. */
    public Credential(String username, String secret, boolean identityToken) {
        this(username, secret, identityToken, "");
    }

    /** The value of an {@code Authorization} header of the Basic scheme. */
    public String basic() {
        byte[] pair = (username + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "credential of " + username + (origin.isEmpty() ? "" : " from " + origin);
    }
}
