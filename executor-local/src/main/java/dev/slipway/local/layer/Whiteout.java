package dev.slipway.local.layer;

import dev.slipway.oci.layer.Attributes;

/** Says that the layer takes away what lower layers have at its path. */
public enum Whiteout implements Node {
    INSTANCE;

    private static final Attributes NONE = Attributes.of(0);

    @Override
    public Attributes attributes() {
        return NONE;
    }
}
