package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What proves to a registry who is asking.
 *
 * @param username the user; for an identity token, it does not matter
 * @param secret the password or token
 * @param identityToken whether the secret is a token that is exchanged for access tokens, not a password
 */
public record Credential(String username, String secret, boolean identityToken) {

    public Credential {
        requireNonNull(username, "username is null");
        requireNonNull(secret, "secret is null");
    }

    /** The value of an {@code Authorization} header of the Basic scheme. */
    public String basic() {
        byte[] pair = (username + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "credential of " + username;
    }
}
