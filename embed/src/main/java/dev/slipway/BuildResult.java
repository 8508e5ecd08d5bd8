package dev.slipway;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.BuiltImage;
import dev.slipway.foreign.ForeignPrograms;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.output.ImageSet;
import dev.slipway.oci.output.MadeImages;
import dev.slipway.parser.check.Warning;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What came of a build. It can be read for as long as the {@link Slipway} is open that made it, from any thread.
 *
 * <p>Digests are there at once where an output needed them. Else they are made when they are asked for, which takes the layers
 * that the build made being compressed, once.
 */
public final class BuildResult {

    private final Manifests manifests;
    private final List<PlatformImage> images;
    private final List<Warning> warnings;
    private final List<ForeignPrograms> foreignPrograms;
    private final Optional<Throwable> progressFailure;

    BuildResult(
            ImageSet set, Optional<MadeImages> made, List<Warning> warnings, List<ForeignPrograms> foreignPrograms) {
        this(new Manifests(set, made), set.images(), warnings, foreignPrograms, Optional.empty());
    }

    private BuildResult(
            Manifests manifests,
            List<BuiltImage> images,
            List<Warning> warnings,
            List<ForeignPrograms> foreignPrograms,
            Optional<Throwable> progressFailure) {
        this.manifests = manifests;
        this.images = IntStream.range(0, images.size())
                .mapToObj(position -> new PlatformImage(images.get(position), manifests, position))
                .toList();
        this.warnings = List.copyOf(warnings);
        this.foreignPrograms = List.copyOf(foreignPrograms);
        this.progressFailure = progressFailure;
    }

    BuildResult with(Optional<Throwable> thrown) {
        return new BuildResult(manifests, manifests.set().images(), warnings, foreignPrograms, thrown);
    }

    /** The images, one for each platform, in the order in which they were asked for. */
    public List<PlatformImage> images() {
        return images;
    }

    /**
     * The image of a platform.
     *
     * @param platform such as {@code linux/arm64}
     * @throws IllegalArgumentException if none was built for it
     */
    public PlatformImage image(String platform) {
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
     * The digest of the image index, or of the manifest where there is one image without an index.
     *
     * @throws BuildException if it has to be made and cannot be
     */
    public Digest digest() {
        return manifests.get().root().digest();
    }

    /**
     * What docker calls the id of the image: the digest of its config, or that of the index if there is one.
     *
     * @throws BuildException if it has to be made and cannot be
     */
    public Digest imageId() {
        boolean alone = images.size() == 1 && images.get(0).digest().equals(digest());
        return alone ? images.get(0).configDigest() : digest();
    }

    /** Whether the digests are there because an output needed them, so that asking for them costs nothing. */
    public boolean hasDigests() {
        return manifests.isMade();
    }

    /** What the checks found, for the first platform. */
    public List<Warning> warnings() {
        return warnings;
    }

    /** What the caller's progress threw, if it did: it heard nothing any more after that. */
    public Optional<Throwable> progressFailure() {
        return progressFailure;
    }

    /** Programs in images that the images' platforms do not run. */
    public List<ForeignPrograms> foreignPrograms() {
        return foreignPrograms;
    }
}
