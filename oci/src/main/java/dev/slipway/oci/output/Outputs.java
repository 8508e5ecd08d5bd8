package dev.slipway.oci.output;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.InvalidOutputException;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.oci.disk.DeepStack;
import dev.slipway.oci.disk.FileErrors;
import dev.slipway.oci.registry.RegistryClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Writes the outputs of a build: all of them, or none. */
public final class Outputs {

    private static final SortedMap<String, OutputType> TYPES = new TreeMap<>(Map.of(
            "cacheonly",
            new CacheOnlyOutput(),
            "docker",
            new DockerOutput(),
            ImageOutput.IMAGE,
            new ImageOutput(),
            "local",
            new LocalOutput(),
            "oci",
            new OciOutput(),
            ImageOutput.REGISTRY,
            new ImageOutput(),
            "tar",
            new TarOutput()));

    private Outputs() {}

    /** The types of outputs. */
    public static SortedSet<String> types() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(TYPES.keySet()));
    }

    /**
     * Checks before a build begins that an output can be written after the last step, and that all of its options are known.
     *
     * @param targets the platforms of the build
     * @throws InvalidOutputException if an option is unknown or invalid
     * @throws ExecutorException if it cannot be written to its place
     */
    public static void check(Output output, Targets targets) {
        OutputType type = type(output);
        SortedSet<String> known = type.options();
        for (String option : output.attributes().keySet()) {
            if (!type.takes(option)) {
                throw new InvalidOutputException(
                        "output type=" + output.type() + ": '" + option + "' is not an option of this type"
                                + (known.isEmpty() ? "" : "; known are " + String.join(", ", known)));
            }
        }
        type.check(output, targets);
    }

    private static OutputType type(Output output) {
        OutputType type = TYPES.get(output.type());
        if (type == null) {
            throw new InvalidOutputException(
                    "unknown output type " + output.type() + "; known are " + String.join(", ", TYPES.keySet()));
        }
        return type;
    }

    /**
     * Checks before a build begins that an output can contain attestations.
     *
     * @throws InvalidOutputException if it cannot
     */
    public static void checkAttestations(Output output) {
        if (type(output).options().contains(AttestationOptions.OCI)) {
            ImageOptions.of(output).checkAttestations();
        }
    }

    /**
     * Writes outputs. Those that cannot be written aside, such as streams, come last, when all others are ready, because they
     * cannot be undone. Outputs that a server may refuse are published before those on this machine.
     *
     * @param outputs each of which has passed {@link #check}
     * @param registries the client for registries
     * @param monitor receives its progress
     * @return the images with their manifests, if any output needed them
     * @throws ExecutorException if one cannot be written. All outputs are then as they were before, except those that cannot be
     *     undone
     */
    public static Optional<MadeImages> write(
            List<Output> outputs, ImageSet images, Supplier<RegistryClient> registries, StepMonitor monitor)
            throws InterruptedException {
        return DeepStack.call(() -> {
            Export export = new Export(images, registries, monitor);
            List<Output> ordered = new ArrayList<>(outputs);
            ordered.sort(Comparator.comparing(OutputPlace::isDirect));
            List<Written> written = new ArrayList<>();
            try {
                for (Output output : ordered) {
                    perform(
                            output,
                            () -> written.add(new Written(output, type(output).write(output, export))));
                }
                List<Written> ready = new ArrayList<>(written);
                ready.sort(Comparator.comparing(one -> !one.staged().isRemote()));
                for (Written one : ready) {
                    perform(one.output(), one.staged()::publish);
                }
            } finally {
                close(written, monitor);
            }
            return export.latest();
        });
    }

    /**
     * Makes the images as an output without options would, to get their digests.
     *
     * @throws ExecutorException if a layer cannot be read
     */
    public static MadeImages make(ImageSet images) throws InterruptedException {
        return DeepStack.call(() -> {
            try {
                return new ImageMaker(ImageOptions.USUAL, StepMonitor.NONE).make(images);
            } catch (IOException e) {
                throw failed("the images cannot be put together", e);
            }
        });
    }

    /**
     * A name to push to.
     *
     * @throws InvalidOutputException if this is not one
     */
    public static ImageReference target(String name) {
        return PushOptions.target(ImageOptions.name(name));
    }

    /**
     * Pushes images. Their tags move when all images are in place.
     *
     * @param targets each with a tag
     * @return the targets, each with the digest that it stands for now
     * @throws ExecutorException if a registry refuses them
     */
    public static List<ImageReference> push(
            MadeImages images, List<ImageReference> targets, RegistryClient registries, StepMonitor monitor)
            throws InterruptedException {
        return DeepStack.call(() -> {
            try {
                StagedPush.write(images, targets, registries, monitor).publish();
            } catch (IOException e) {
                throw failed("cannot push the image", e);
            }
            return targets.stream()
                    .map(target -> target.withDigest(images.root().digest()))
                    .toList();
        });
    }

    /**
     * Loads images into an engine.
     *
     * @param output of the type {@code docker}, without a place
     * @throws ExecutorException if the engine refuses them
     */
    public static void load(Output output, MadeImages images, StepMonitor monitor) throws InterruptedException {
        DeepStack.call(() -> {
            perform(output, () -> DockerOutput.load(output, images, monitor).publish());
            return images;
        });
    }

    private record Written(Output output, StagedOutput staged) {}

    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    private static void perform(Output output, Task task) throws InterruptedException {
        try {
            task.run();
        } catch (IOException e) {
            String place = output.destination().map(path -> " " + path).orElse("");
            throw failed("cannot write the output type=" + output.type() + place, e);
        }
    }

    /** An I/O error caused by an interrupt is reported as the interrupt. */
    private static ExecutorException failed(String what, IOException e) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return new ExecutorException(what + ": " + FileErrors.reason(e), e);
    }

    private static void close(List<Written> written, StepMonitor monitor) {
        for (Written one : written) {
            try {
                one.staged().close();
            } catch (IOException e) {
                monitor.warn("temporary files beside an output could not be removed: " + FileErrors.reason(e));
            }
        }
    }
}
