package dev.slipway.frontend;

import dev.slipway.parser.tree.Maintainer;

/** {@code MAINTAINER}: the author of the image. */
final class MaintainerConverter {

    private MaintainerConverter() {}

    static void convert(StepContext step, Maintainer maintainer) {
        step.image().author(maintainer.author());
        step.commit("MAINTAINER " + maintainer.author(), false);
    }
}
