package dev.slipway.frontend.convert;

import dev.slipway.frontend.check.LegacyKeyValueCheck;
import dev.slipway.frontend.check.SecretNameCheck;
import dev.slipway.frontend.stage.StepContext;
import dev.slipway.parser.tree.Env;
import dev.slipway.parser.tree.KeyValue;
import java.util.List;

/** {@code ENV}: variables of every later process, in the build and in the image. */
final class EnvConverter {

    private EnvConverter() {}

    static void convert(StepContext step, Env env) {
        StringBuilder history = new StringBuilder("ENV");
        for (KeyValue pair : expand(step, env.pairs())) {
            LegacyKeyValueCheck.run(step.checks(), step.statement(), pair);
            SecretNameCheck.run(step.checks(), step.statement(), "ENV", pair.key());
            step.environment().put(pair.key(), pair.value());
            step.image().variable(pair.key(), pair.value());
            history.append(' ').append(pair.key()).append('=').append(pair.value());
        }
        step.commit(history.toString(), false);
    }

    /** All names and values with the variables as they were before the instruction. */
    static List<KeyValue> expand(StepContext step, List<KeyValue> pairs) {
        return pairs.stream()
                .map(pair -> new KeyValue(step.expand(pair.key()), step.expand(pair.value()), pair.legacy()))
                .toList();
    }
}
