package dev.slipway.llb;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A content digest as OCI writes it: {@code sha256:} and 64 lower-case hexadecimal digits.
 *
 * <p>Only sha256 and sha512 are known; anything else from outside is refused, for a digest that cannot be checked proves
 * nothing.
 *
 * @param algorithm {@code sha256} or {@code sha512}
 * @param hex the digest in lower-case hexadecimal digits, 64 or 128 of them
 */
public record Digest(String algorithm, String hex) implements Comparable<Digest> {

    public Digest {
        requireNonNull(algorithm, "algorithm is null");
        requireNonNull(hex, "hex is null");
        int expected = switch (algorithm) {
            case "sha256" -> 64;
            case "sha512" -> 128;
            default -> throw new IllegalArgumentException("unsupported digest algorithm: " + algorithm);
        };
        if (hex.length() != expected || !isLowerHex(hex)) {
            throw new IllegalArgumentException("invalid digest: " + algorithm + ":" + hex);
        }
    }

    /**
     * Reads the form that {@link #toString()} writes.
     *
     * @throws IllegalArgumentException if the text is no digest of a known algorithm
     */
    public static Digest parse(String text) {
        int colon = requireNonNull(text, "text is null").indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("invalid digest: " + text);
        }
        return new Digest(text.substring(0, colon), text.substring(colon + 1));
    }

    /** The sha256 digest of these bytes. */
    public static Digest sha256(byte[] bytes) {
        return of(newSha256().digest(requireNonNull(bytes, "bytes is null")));
    }

    /** The sha256 digest of this text in UTF-8. */
    public static Digest sha256(String text) {
        return sha256(requireNonNull(text, "text is null").getBytes(StandardCharsets.UTF_8));
    }

    /** The digest whose 32 raw sha256 bytes are given, such as a {@link MessageDigest} returns. */
    public static Digest of(byte[] sha256) {
        return new Digest("sha256", HexFormat.of().formatHex(requireNonNull(sha256, "sha256 is null")));
    }

    /** A new sha256 computation, for streams. */
    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static boolean isLowerHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    // Not left to the compiler: what it makes is linked at run time, which delays each start of the command.

    @Override
    @SuppressWarnings("exports") // The annotation is optional for callers, and so is its module.
    public boolean equals(@Nullable Object other) {
        return other instanceof Digest digest && algorithm.equals(digest.algorithm) && hex.equals(digest.hex);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
    }

    @Override
    public int compareTo(Digest other) {
        int byAlgorithm = algorithm.compareTo(other.algorithm);
        return byAlgorithm != 0 ? byAlgorithm : hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }
}
