package dev.slipway;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ExportResult;
import dev.slipway.foreign.ForeignPrograms;
import dev.slipway.image.ImageConfig;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.parser.check.Warning;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What came of a build.
 *
 * @param images one for each platform, in the order in which they were asked for
 * @param digest of the image index, or of the manifest where there is one image without an index; empty where no output
 *     needed it
 * @param warnings what the checks found, for the first platform
 * @param foreignPrograms programs in images that the images' platforms do not run
 */
public record BuildResult(
        List<BuiltImage> images,
        Optional<Digest> digest,
        List<Warning> warnings,
        List<ForeignPrograms> foreignPrograms) {

    public BuildResult {
        images = List.copyOf(requireNonNull(images, "images is null"));
        requireNonNull(digest, "digest is null");
        warnings = List.copyOf(requireNonNull(warnings, "warnings is null"));
        foreignPrograms = List.copyOf(requireNonNull(foreignPrograms, "foreignPrograms is null"));
    }

    static BuildResult of(ExportResult exported, List<Warning> warnings, List<ForeignPrograms> foreignPrograms) {
        List<BuiltImage> images = exported.images().stream()
                .map(image -> new BuiltImage(
                        image.platform(),
                        image.digest(),
                        image.digest()
                                .map(manifest -> Digest.sha256(image.config().toArray())),
                        config(image)))
                .toList();
        return new BuildResult(images, exported.digest(), warnings, foreignPrograms);
    }

    /** Layers that no output needed have no digests yet, and those of the base alone would be taken for all. */
    private static ImageConfig config(ExportResult.Image image) {
        ImageConfig config = ImageConfig.parse(image.config());
        return image.digest().isPresent() ? config : config.withDiffIds(List.of());
    }

    /**
     * What docker calls the id of the image: the digest of its config, or that of the index if there is one; empty where no
     * output needed it.
     */
    public Optional<Digest> imageId() {
        boolean alone = images.size() == 1 && images.get(0).digest().equals(digest);
        return alone ? images.get(0).configDigest() : digest;
    }

    /**
     * The image of a platform.
     *
     * @param platform such as {@code linux/arm64}
     * @throws IllegalArgumentException if none was built for it
     */
    public BuiltImage image(String platform) {
        Platform wanted =
                Platform.parse(requireNonNull(platform, "platform is null")).normalized();
        return images.stream()
                .filter(image -> image.platform().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no image was built for " + platform + ", only for "
                        + images.stream()
                                .map(image -> image.platform().formatAll())
                                .collect(Collectors.joining(", "))));
    }

    /**
     * The image of one platform.
     *
     * @param platform its platform
     * @param digest of its manifest; empty where no output needed it
     * @param configDigest of its config as it was written; empty where no output needed it
     * @param config its config; it lists no diff ids where no output needed the layers
     */
    public record BuiltImage(
            Platform platform, Optional<Digest> digest, Optional<Digest> configDigest, ImageConfig config) {

        public BuiltImage {
            requireNonNull(platform, "platform is null");
            requireNonNull(digest, "digest is null");
            requireNonNull(configDigest, "configDigest is null");
            requireNonNull(config, "config is null");
        }
    }
}
