package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Bytes;
import dev.slipway.llb.Platform;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What to make of a build's results.
 *
 * @param images one for each platform, in the order in which they were asked for
 * @param multiPlatform whether the outputs have room for several platforms (an index, a folder for each), even with one
 * @param outputs what to write; with none, only digests are made where that costs nothing
 */
public record ExportRequest(List<PlatformImage> images, boolean multiPlatform, List<Output> outputs) {

    public ExportRequest {
        images = List.copyOf(requireNonNull(images, "images is null"));
        outputs = List.copyOf(requireNonNull(outputs, "outputs is null"));
    }

    /**
     * The result of one platform with its image config.
     *
     * @param platform the platform
     * @param root its files
     * @param config the image config JSON; {@code rootfs} is filled in by the executor, history is aligned with the layers,
     *     {@code created} is set where it is missing
     * @param baseConfig the config of the image it is based on, if there is one
     * @param sourceDateEpoch the latest time that may stand in the image, in seconds since 1970; empty for no limit
     */
    public record PlatformImage(
            Platform platform, Result root, Bytes config, Optional<Bytes> baseConfig, OptionalLong sourceDateEpoch) {

        public PlatformImage {
            requireNonNull(platform, "platform is null");
            requireNonNull(root, "root is null");
            requireNonNull(config, "config is null");
            requireNonNull(baseConfig, "baseConfig is null");
            requireNonNull(sourceDateEpoch, "sourceDateEpoch is null");
        }
    }
}
