package dev.slipway.local.layer;

import static java.util.Objects.requireNonNull;

import dev.slipway.oci.layer.Attributes;

/**
 * A regular file. Two names that lead to the same object are hard links of each other; a copy is a new object with the same
 * content.
 */
public final class RegularFile implements Node {

    private final Attributes attributes;
    private final Content content;

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

    boolean sameAs(RegularFile other) {
        return attributes.sameFile(other.attributes) && content.digest().equals(other.content.digest());
    }
}
