package dev.slipway.frontend.value;

import dev.slipway.llb.Digest;
import java.util.Optional;
import java.util.regex.Pattern;

/** The value of {@code --checksum} where the source is a URL. */
public final class Checksums {

    private static final Pattern FORMAT = Pattern.compile("[a-z0-9]+(?:[+._-][a-z0-9]+)*+:[a-zA-Z0-9=_-]+");

    private Checksums() {}

    /**
     * Reads a checksum; an empty text means that there is none.
     *
     * @throws IllegalArgumentException with the text of OCI's digest library
     */
    public static Optional<Digest> parse(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Digest.parse(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(problem(text), e);
        }
    }

    private static String problem(String text) {
        if (!FORMAT.matcher(text).matches()) {
            return "invalid checksum digest format";
        }
        String algorithm = text.substring(0, text.indexOf(':'));
        int length = text.length() - algorithm.length() - 1;
        return switch (algorithm) {
            case "sha256" -> length == 64 ? "invalid checksum digest format" : "invalid checksum digest length";
            case "sha512" -> length == 128 ? "invalid checksum digest format" : "invalid checksum digest length";
            default -> "unsupported digest algorithm";
        };
    }
}
