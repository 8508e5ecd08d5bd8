package dev.slipway.oci.registry;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.Descriptor;

/**
 * A manifest that is about another one, such as a signature.
 *
 * @param descriptor of the manifest, with its annotations
 * @param artifactType its type, or empty
 */
public record Referrer(Descriptor descriptor, String artifactType) {

    public Referrer {
        requireNonNull(descriptor, "descriptor is null");
        requireNonNull(artifactType, "artifactType is null");
    }
}
