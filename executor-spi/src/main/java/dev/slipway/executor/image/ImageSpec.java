package dev.slipway.executor.image;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Bytes;
import dev.slipway.llb.Platform;
import java.time.Instant;
import java.util.Optional;

/**
 * What an image contains besides its files.
 *
 * @param platform its platform
 * @param config the image config as the Dockerfile describes it: JSON without the digests of layers, and with a history that need
 *     not match them yet
 * @param baseConfig the config of the image it is based on, if there is one
 * @param epoch the latest time that may occur in the image ({@code SOURCE_DATE_EPOCH}); empty for no limit
 */
public record ImageSpec(Platform platform, Bytes config, Optional<Bytes> baseConfig, Optional<Instant> epoch) {

    public ImageSpec {
        requireNonNull(platform, "platform is null");
        requireNonNull(config, "config is null");
        requireNonNull(baseConfig, "baseConfig is null");
        requireNonNull(epoch, "epoch is null");
    }
}
