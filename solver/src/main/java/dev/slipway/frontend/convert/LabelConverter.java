package dev.slipway.frontend.convert;

import dev.slipway.frontend.check.LegacyKeyValueCheck;
import dev.slipway.frontend.stage.StepContext;
import dev.slipway.parser.tree.KeyValue;
import dev.slipway.parser.tree.Label;

/** {@code LABEL}: labels of the image. */
final class LabelConverter {

    private LabelConverter() {}

    static void convert(StepContext step, Label label) {
        StringBuilder history = new StringBuilder("LABEL");
        for (KeyValue pair : EnvConverter.expand(step, label.pairs())) {
            LegacyKeyValueCheck.run(step.checks(), step.statement(), pair);
            step.image().label(pair.key(), pair.value());
            history.append(' ').append(pair.key()).append('=').append(pair.value());
        }
        step.commit(history.toString(), false);
    }
}
