package dev.slipway.oci.output;

import dev.slipway.executor.event.StepMonitor;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the outputs of one build share: its images, who hears of them, and what has been made of them. */
final class Export {

    private final ImageSet set;
    private final StepMonitor monitor;
    private final Map<ImageOptions, MadeImages> made = new HashMap<>();
    private Optional<MadeImages> latest = Optional.empty();

    Export(ImageSet set, StepMonitor monitor) {
        this.set = set;
        this.monitor = monitor;
    }

    ImageSet set() {
        return set;
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

    /** What was made last, if any output needed it. */
    Optional<MadeImages> latest() {
        return latest;
    }
}
