package dev.slipway.oci.inspect;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Platform;
import dev.slipway.oci.Image;
import java.util.List;

/**
 * The image of one platform.
 *
 * @param platform what the index says it is for, or its config
 * @param image its documents
 * @param attestations what the index has to say of it
 */
public record InspectedImage(Platform platform, Image image, List<InspectedAttestation> attestations) {

    public InspectedImage {
        requireNonNull(platform, "platform is null");
        requireNonNull(image, "image is null");
        attestations = List.copyOf(attestations);
    }
}
