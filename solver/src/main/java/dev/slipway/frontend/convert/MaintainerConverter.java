package dev.slipway.frontend.convert;

import dev.slipway.frontend.stage.StepContext;
import dev.slipway.parser.tree.Maintainer;

/** {@code MAINTAINER}: the author of the image. */
final class MaintainerConverter {

    private MaintainerConverter() {}

    static void convert(StepContext step, Maintainer maintainer) {
        step.image().author(maintainer.author());
        step.commit("MAINTAINER " + maintainer.author(), false);
    }
}
