package dev.slipway.oci.output;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.InvalidOutputException;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Platform;
import dev.slipway.oci.engine.Engine;
import dev.slipway.oci.layout.LayoutImage;
import dev.slipway.oci.layout.OciArchiveWriter;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An archive of one image for {@code docker load}; with {@code tar=false}, its layout as a folder; without a place, the image
 * is loaded into an engine.
 */
final class DockerOutput implements OutputType {

    /** The Docker context of the engine, or the engine's address. */
    private static final String CONTEXT = "context";

    private final OciOutput layout = new OciOutput();

    @Override
    public SortedSet<String> options() {
        SortedSet<String> options = new TreeSet<>(ImageOptions.NAMES);
        options.add(CONTEXT);
        return Collections.unmodifiableSortedSet(options);
    }

    @Override
    public boolean takes(String option) {
        return options().contains(option) || Annotation.isOption(option);
    }

    @Override
    public void check(Output output, Targets targets) {
        List<Platform> platforms = targets.platforms();
        ImageOptions options = ImageOptions.of(output);
        requireTags(options);
        if (isLoaded(output)) {
            options.annotations().check(targets);
            checkEngine(output, platforms);
            return;
        }
        if (platforms.size() > 1) {
            throw new InvalidOutputException("output type=docker: an archive for docker load holds an image of one"
                    + " platform, not of " + platforms.size() + "; write type=oci, or ask for one platform");
        }
        layout.check(output, targets);
    }

    /** Docker accepts no name with a digest. */
    private static void requireTags(ImageOptions options) {
        for (ImageReference name : options.names()) {
            if (name.digest().isPresent()) {
                throw new InvalidOutputException(
                        "output type=docker: " + name + " has a digest; give the image a name with a tag");
            }
        }
    }

    private static boolean isLoaded(Output output) {
        return output.destination().isEmpty() && output.stream().isEmpty() && output.flag(ImageOptions.TAR, true);
    }

    private static void checkEngine(Output output, List<Platform> platforms) {
        try {
            EngineLoad.requirePlatform(engine(output), platforms);
        } catch (IOException e) {
            throw new ExecutorException("output type=docker: " + e.getMessage(), e);
        }
    }

    private static Engine engine(Output output) throws IOException {
        return Engine.find(Optional.ofNullable(output.attributes().get(CONTEXT)).filter(context -> !context.isEmpty()));
    }

    @Override
    public StagedOutput write(Output output, Export export) throws IOException, InterruptedException {
        if (!output.flag(ImageOptions.TAR, true)) {
            return layout.write(output, export);
        }
        ImageOptions options = ImageOptions.of(output);
        MadeImages made = export.images(options);
        if (isLoaded(output)) {
            return load(output, made, export.monitor());
        }
        if (output.attributes().containsKey(CONTEXT)) {
            export.monitor().warn("context= has no effect: the image goes to a file, not to an engine");
        }
        Layouts.warnOfAttestations(made, "an archive for docker load", export.monitor());
        LayoutImage image = Layouts.image(made, made.images().get(0), options.names());
        export.described(image.root());
        return StagedArchive.write(output, out -> OciArchiveWriter.writeForDocker(image, out), export.monitor());
    }

    /** Makes images ready to be loaded. */
    static StagedOutput load(Output output, MadeImages made, StepMonitor monitor) throws IOException {
        return EngineLoad.of(engine(output), made, ImageOptions.of(output).names(), monitor);
    }
}
