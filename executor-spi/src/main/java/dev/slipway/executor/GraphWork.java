package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.llb.Definition;
import java.util.List;
import java.util.function.Consumer;

/** The work that an engine does for one build. */
public interface GraphWork extends BuildWork {

    /**
     * An image to build.
     *
     * @param definition the graph
     * @param spec what the image contains besides the result of the graph
     */
    record Target(Definition definition, ImageSpec spec) {

        public Target {
            requireNonNull(definition, "definition is null");
            requireNonNull(spec, "spec is null");
        }
    }

    /**
     * Builds images, one for each target.
     *
     * @param targets one for each platform that this engine builds
     * @param events receives progress, from one thread at a time
     * @return the images in the order of the targets
     * @throws StepFailedException if a process fails
     * @throws ExecutorException if something cannot be built
     */
    List<BuiltImage> build(List<Target> targets, Consumer<BuildEvent> events) throws InterruptedException;
}
