package dev.slipway.local.layer;

import static java.util.Objects.requireNonNull;

import dev.slipway.oci.layer.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * A regular file. Two names that lead to the same object are hard links of each other; a copy is a new object with the same
 * content.
 */
public final class RegularFile implements Node {

    private final Attributes attributes;
    private final Content content;

    /** What {@link Checksum} found out; the same whoever computes it. */
    private volatile byte @Nullable [] checksum;

    public RegularFile(Attributes attributes, Content content) {
        this.attributes = requireNonNull(attributes, "attributes is null");
        this.content = requireNonNull(content, "content is null");
    }

    @Override
    public Attributes attributes() {
        return attributes;
    }

    /** Its bytes. */
    public Content content() {
        return content;
    }

    /** The digest of header and bytes, once it is known. */
    public byte @Nullable [] checksum() {
        return checksum;
    }

    /** Makes the digest of header and bytes known. */
    public void checksum(byte[] digest) {
        checksum = digest;
    }

    boolean sameAs(RegularFile other) {
        return attributes.sameFile(other.attributes) && content.digest().equals(other.content.digest());
    }
}
