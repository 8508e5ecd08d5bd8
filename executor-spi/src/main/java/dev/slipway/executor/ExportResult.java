package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import java.util.List;
import java.util.Optional;

/**
 * The images that were made.
 *
 * @param images one for each platform, in the order of the request
 * @param digest of the index, or of the manifest where there is one image without an index; empty where no output needed it
 */
public record ExportResult(List<Image> images, Optional<Digest> digest) {

    public ExportResult {
        images = List.copyOf(requireNonNull(images, "images is null"));
        requireNonNull(digest, "digest is null");
    }

    /**
     * One image.
     *
     * @param platform its platform
     * @param digest of its manifest; empty where no output needed it
     * @param config its config JSON as it was written, or as it was asked for where nothing was written
     */
    public record Image(Platform platform, Optional<Digest> digest, Bytes config) {

        public Image {
            requireNonNull(platform, "platform is null");
            requireNonNull(digest, "digest is null");
            requireNonNull(config, "config is null");
        }
    }
}
