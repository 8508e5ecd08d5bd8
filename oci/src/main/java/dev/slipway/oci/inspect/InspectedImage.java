package dev.slipway.oci.inspect;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Platform;
import dev.slipway.oci.Image;
import java.util.List;

/**
 * The image of one platform.
 *
 * @param platform the platform in the index, or else in its config
 * @param image its documents
 * @param attestations the statements about it in the index
 */
public record InspectedImage(Platform platform, Image image, List<InspectedAttestation> attestations) {

    public InspectedImage {
        requireNonNull(platform, "platform is null");
        requireNonNull(image, "image is null");
        attestations = List.copyOf(attestations);
    }
}
