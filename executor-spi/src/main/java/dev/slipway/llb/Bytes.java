package dev.slipway.llb;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An immutable run of bytes, equal to another by content. */
public final class Bytes {

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** A copy of these bytes. */
    public static Bytes of(byte[] content) {
        return new Bytes(requireNonNull(content, "content is null").clone());
    }

    /** This text in UTF-8. */
    public static Bytes utf8(String text) {
        return new Bytes(requireNonNull(text, "text is null").getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of the content. */
    public byte[] toArray() {
        return content.clone();
    }

    /** How many bytes there are. */
    public int length() {
        return content.length;
    }

    /** The content without a copy, for the encoder, which only reads it. */
    byte[] unshared() {
        return content;
    }

    @Override
    @SuppressWarnings("exports") // The annotation is optional for callers, and so is its module.
    public boolean equals(@Nullable Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return content.length + " bytes";
    }
}
