package dev.slipway;

import dev.slipway.oci.image.AssembledImage;
import dev.slipway.oci.output.ImageSet;
import dev.slipway.oci.output.MadeImages;
import dev.slipway.oci.output.Outputs;
import java.util.Optional;

/** The manifests of the images of a build, which are made when they are asked for unless an output needed them. */
final class Manifests {

    private final ImageSet set;
    private Optional<MadeImages> made;

    Manifests(ImageSet set, Optional<MadeImages> made) {
        this.set = set;
        this.made = made;
    }

    ImageSet set() {
        return set;
    }

    synchronized boolean isMade() {
        return made.isPresent();
    }

    synchronized MadeImages get() {
        if (made.isEmpty()) {
            made = Optional.of(Failures.uninterrupted("the digests of the images", () -> Outputs.make(set)));
        }
        return made.get();
    }

    AssembledImage image(int position) {
        return get().images().get(position);
    }
}
