package dev.slipway;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.RunRecorder;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.foreign.ForeignPrograms;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.output.ImageSet;
import dev.slipway.oci.output.MadeImages;
import dev.slipway.oci.output.Outputs;
import dev.slipway.oci.output.Targets;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.parser.check.Warning;
import dev.slipway.progress.Progress;
import dev.slipway.report.OutputEvents;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The result of a build. It can be read from any thread, as long as the {@link Slipway} that made it is open.
 *
 * <p>If an output needed the digests, they are known. Otherwise the first call that needs them makes them, which compresses the
 * layers that the build made.
 */
public final class BuildResult {

    private final Manifests manifests;
    private final Supplier<RegistryClient> registries;
    private final List<PlatformImage> images;
    private final List<Warning> warnings;
    private final List<ForeignPrograms> foreignPrograms;
    private final String id;
    private final Optional<Throwable> progressFailure;

    BuildResult(
            ImageSet set,
            Optional<MadeImages> made,
            Supplier<RegistryClient> registries,
            List<Warning> warnings,
            List<ForeignPrograms> foreignPrograms) {
        this(new Manifests(set, made), set.images(), registries, warnings, foreignPrograms, "", Optional.empty());
    }

    private BuildResult(
            Manifests manifests,
            List<BuiltImage> images,
            Supplier<RegistryClient> registries,
            List<Warning> warnings,
            List<ForeignPrograms> foreignPrograms,
            String id,
            Optional<Throwable> progressFailure) {
        this.manifests = manifests;
        this.registries = registries;
        this.images = IntStream.range(0, images.size())
                .mapToObj(position -> new PlatformImage(images.get(position), manifests, position))
                .toList();
        this.warnings = List.copyOf(warnings);
        this.foreignPrograms = List.copyOf(foreignPrograms);
        this.id = id;
        this.progressFailure = progressFailure;
    }

    BuildResult with(String name, Optional<Throwable> thrown) {
        return new BuildResult(
                manifests, manifests.set().images(), registries, warnings, foreignPrograms, name, thrown);
    }

    /** The images, one for each platform, in the order of the request. */
    public List<PlatformImage> images() {
        return images;
    }

    /**
     * The image of a platform.
     *
     * @param platform such as {@code linux/arm64}
     * @throws IllegalArgumentException if no image was built for it
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
     * The digest of the image index, or of the manifest if there is no index.
     *
     * @throws BuildException if it must be made and that fails
     */
    public Digest digest() {
        return manifests.get().root().digest();
    }

    /**
     * The descriptor of the image index, or of the manifest where there is one image without an index.
     *
     * @throws BuildException if it must be made and that fails
     */
    public Descriptor descriptor() {
        return manifests.get().root();
    }

    /** Identifies this build among all others. An executor that records builds uses the same id. */
    public String id() {
        return id;
    }

    /**
     * What Docker calls the image id: the digest of the config, or of the index if there is one.
     *
     * @throws BuildException if it must be made and that fails
     */
    public Digest imageId() {
        boolean alone = images.size() == 1 && images.get(0).digest().equals(digest());
        return alone ? images.get(0).configDigest() : digest();
    }

    /**
     * Pushes exactly the images that were built, so that what was tested is what is published. The tags move once everything
     * they need is in the registry.
     *
     * @param names such as {@code registry.example.com/app:1.4.0}; the tag is {@code latest} if a name has none
     * @return the names, each with the digest of the pushed image
     * @throws BuildException if a name is invalid, or a registry refuses the image
     * @throws InterruptedException if this thread was interrupted; no further tag is moved
     */
    public List<ImageReference> push(String... names) throws InterruptedException {
        return push(Progress.none(), names);
    }

    /**
     * Pushes the images as {@link #push(String...)} does.
     *
     * @param progress receives its progress
     */
    public List<ImageReference> push(Progress progress, String... names) throws InterruptedException {
        requireNonNull(progress, "progress is null");
        List<String> list = List.of(requireNonNull(names, "names is null"));
        return Failures.translate(() -> {
            List<ImageReference> targets = list.stream().map(Outputs::target).toList();
            OutputEvents events = new OutputEvents(new Listener(progress, RunRecorder.NONE), Clock.systemUTC());
            return events.write(() -> Outputs.push(manifests.get(), targets, registries.get(), events));
        });
    }

    /**
     * Loads exactly the images that were built into the Docker Engine or Podman that docker would use, and waits until they are
     * there.
     *
     * @param names such as {@code app:1.4.0}; the tag is {@code latest} if a name has none. Without any, the image is found by its
     *     id
     * @throws BuildException if a name is invalid, or no engine takes the image
     * @throws InterruptedException if this thread was interrupted
     */
    public void load(String... names) throws InterruptedException {
        load(Progress.none(), Output.engine(names));
    }

    /**
     * Loads the images as {@link #load(String...)} does.
     *
     * @param progress receives its progress
     * @param engine as {@link Output#engine} makes it, with further options, such as {@code context}
     * @throws IllegalArgumentException if this is another output
     */
    public void load(Progress progress, Output engine) throws InterruptedException {
        requireNonNull(progress, "progress is null");
        requireNonNull(engine, "engine is null");
        if (!engine.type().equals("docker")
                || engine.destination().isPresent()
                || engine.stream().isPresent()) {
            throw new IllegalArgumentException("the output is no engine; make it with Output.engine");
        }
        Failures.translate(() -> {
            Outputs.check(engine, targets());
            OutputEvents events = new OutputEvents(new Listener(progress, RunRecorder.NONE), Clock.systemUTC());
            return events.write(() -> {
                Outputs.load(engine, manifests.get(), events);
                return engine;
            });
        });
    }

    private Targets targets() {
        ImageSet set = manifests.set();
        return new Targets(images.stream().map(PlatformImage::platform).toList(), set.multiPlatform());
    }

    /** Whether the digests are known because an output needed them, so that reading them costs nothing. */
    public boolean hasDigests() {
        return manifests.isMade();
    }

    /** The findings of the checks, for the first platform. */
    public List<Warning> warnings() {
        return warnings;
    }

    /** What the caller's progress threw, if anything. It received no events after that. */
    public Optional<Throwable> progressFailure() {
        return progressFailure;
    }

    /** Programs in the images that their platforms cannot run. */
    public List<ForeignPrograms> foreignPrograms() {
        return foreignPrograms;
    }
}
