package dev.slipway.local.layer;

import static java.util.Objects.requireNonNull;

import dev.slipway.oci.layer.Attributes;

/**
 * A symbolic link.
 *
 * @param target where it leads, as it is written in it
 */
public record SymbolicLink(Attributes attributes, String target) implements Node {

    public SymbolicLink {
        requireNonNull(attributes, "attributes is null");
        requireNonNull(target, "target is null");
    }

    boolean sameAs(SymbolicLink other) {
        return attributes.sameFile(other.attributes) && target.equals(other.target);
    }
}
