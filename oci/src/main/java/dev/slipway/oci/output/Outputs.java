package dev.slipway.oci.output;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.InvalidOutputException;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.oci.disk.DeepStack;
import dev.slipway.oci.disk.FileErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Writes the outputs of a build: all of them, or none. */
public final class Outputs {

    private static final SortedMap<String, OutputType> TYPES = new TreeMap<>(Map.of(
            "cacheonly", new CacheOnlyOutput(),
            "local", new LocalOutput(),
            "oci", new OciOutput(),
            "tar", new TarOutput()));

    private Outputs() {}

    /**
     * Finds before a build begins what would keep an output from being written after the last step, or be passed over.
     *
     * @throws InvalidOutputException if it has an option that is unknown or wrong
     * @throws ExecutorException if its place cannot take it
     */
    public static void check(Output output) {
        OutputType type = TYPES.get(output.type());
        if (type == null) {
            throw new InvalidOutputException(
                    "unknown output type " + output.type() + "; known are " + String.join(", ", TYPES.keySet()));
        }
        SortedSet<String> known = type.options();
        for (String option : output.attributes().keySet()) {
            if (!known.contains(option)) {
                throw new InvalidOutputException(
                        "output type=" + output.type() + ": '" + option + "' is not an option of this type"
                                + (known.isEmpty() ? "" : "; known are " + String.join(", ", known)));
            }
        }
        type.check(output);
    }

    /**
     * Finds before a build begins that an output has no room for what is said about its images.
     *
     * @throws InvalidOutputException if it has none
     */
    public static void checkAttestations(Output output) {
        if (TYPES.get(output.type()).options().containsAll(ImageOptions.NAMES)) {
            ImageOptions.of(output).checkAttestations();
        }
    }

    /**
     * Writes outputs. Those that cannot be written aside, such as streams, come last, when all others are ready: they cannot be
     * taken back.
     *
     * @param outputs each of which has passed {@link #check}
     * @param monitor receives its progress
     * @return the images with their manifests, if any output needed them
     * @throws ExecutorException if one cannot be written; all of them are as they were before then, but for those that cannot be
     *     taken back
     */
    public static Optional<MadeImages> write(List<Output> outputs, ImageSet images, StepMonitor monitor)
            throws InterruptedException {
        return DeepStack.call(() -> {
            Export export = new Export(images, monitor);
            List<Output> ordered = new ArrayList<>(outputs);
            ordered.sort(Comparator.comparing(OutputPlace::isDirect));
            List<StagedOutput> staged = new ArrayList<>();
            try {
                for (Output output : ordered) {
                    perform(output, () -> staged.add(TYPES.get(output.type()).write(output, export)));
                }
                for (int i = 0; i < staged.size(); i++) {
                    StagedOutput ready = staged.get(i);
                    perform(ordered.get(i), ready::publish);
                }
            } finally {
                close(staged, monitor);
            }
            return export.latest();
        });
    }

    /**
     * Makes the images that outputs would get unless they asked for something else, for their digests.
     *
     * @throws ExecutorException if a layer cannot be had
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

    /** A file that fails because the thread was interrupted is no failure. */
    private static ExecutorException failed(String what, IOException e) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return new ExecutorException(what + ": " + FileErrors.reason(e), e);
    }

    private static void close(List<StagedOutput> staged, StepMonitor monitor) {
        for (StagedOutput output : staged) {
            try {
                output.close();
            } catch (IOException e) {
                monitor.warn("temporary files beside an output could not be removed: " + FileErrors.reason(e));
            }
        }
    }
}
