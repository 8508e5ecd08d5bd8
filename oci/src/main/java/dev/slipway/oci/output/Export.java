package dev.slipway.oci.output;

import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.registry.RegistryClient;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The state that the outputs of one build share: its images, the monitor, and the manifests made so far. */
final class Export {

    private final ImageSet set;
    private final Supplier<RegistryClient> registries;
    private final StepMonitor monitor;
    private final Map<ImageOptions, MadeImages> made = new HashMap<>();
    private Optional<MadeImages> latest = Optional.empty();

    Export(ImageSet set, Supplier<RegistryClient> registries, StepMonitor monitor) {
        this.set = set;
        this.registries = registries;
        this.monitor = monitor;
    }

    ImageSet set() {
        return set;
    }

    /** The client for registries. */
    RegistryClient registries() {
        return registries.get();
    }

    StepMonitor monitor() {
        return monitor;
    }

    /** The images with their manifests. Those with the same options are made once. */
    MadeImages images(ImageOptions options) throws IOException, InterruptedException {
        MadeImages images = made.get(options);
        if (images == null) {
            images = new ImageMaker(options, monitor).make(set);
            made.put(options, images);
        }
        latest = Optional.of(images);
        return images;
    }

    /** Sets the descriptor under which the latest images are listed. */
    void described(Descriptor root) {
        latest = latest.map(made -> new MadeImages(root, made.images(), made.blobs(), made.origins()));
    }

    /** The images that were made last, if any output needed them. */
    Optional<MadeImages> latest() {
        return latest;
    }
}
