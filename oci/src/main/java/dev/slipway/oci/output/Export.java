package dev.slipway.oci.output;

import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.registry.RegistryClient;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What the outputs of one build share: its images, who hears of them, and what has been made of them. */
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

    /** What reaches registries. */
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

    /** Says with which descriptor the images are listed that were made last. */
    void described(Descriptor root) {
        latest = latest.map(made -> new MadeImages(root, made.images(), made.blobs(), made.origins()));
    }

    /** What was made last, if any output needed it. */
    Optional<MadeImages> latest() {
        return latest;
    }
}
