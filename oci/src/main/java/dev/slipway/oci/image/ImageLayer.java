package dev.slipway.oci.image;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A layer of an image to assemble.
 *
 * @param descriptor of its blob
 * @param diffId the digest of its tar stream
 * @param created when it was made
 * @param createdBy the step that made it, for a history that has no entry for it
 */
public record ImageLayer(Descriptor descriptor, Digest diffId, Optional<OffsetDateTime> created, String createdBy) {

    public ImageLayer {
        requireNonNull(descriptor, "descriptor is null");
        requireNonNull(diffId, "diffId is null");
        requireNonNull(created, "created is null");
        requireNonNull(createdBy, "createdBy is null");
    }
}
