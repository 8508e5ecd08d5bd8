package dev.slipway.local.layer;

import static java.util.Objects.requireNonNull;

import dev.slipway.oci.layer.Attributes;

/**
 * One more name, in a layer, for a file that lower layers hold. In a root there is the file itself.
 *
 * @param attributes what the layer says of the file, under all of its names
 * @param target path of the file, relative to the root
 */
public record LowerLink(Attributes attributes, String target) implements Node {

    public LowerLink {
        requireNonNull(attributes, "attributes is null");
        requireNonNull(target, "target is null");
    }
}
