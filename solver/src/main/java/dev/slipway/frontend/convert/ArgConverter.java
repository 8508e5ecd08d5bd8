package dev.slipway.frontend.convert;

import dev.slipway.frontend.check.SecretNameCheck;
import dev.slipway.frontend.stage.StepContext;
import dev.slipway.parser.tree.Arg;
import java.util.Optional;
import java.util.StringJoiner;

/** {@code ARG} in a stage: variables of the build, whose values the caller may give. */
final class ArgConverter {

    private ArgConverter() {}

    static void convert(StepContext step, Arg arg) {
        StringJoiner history = new StringJoiner(" ", "ARG ", "");
        for (Arg.Variable variable : arg.variables()) {
            SecretNameCheck.run(step.checks(), step.statement(), "ARG", variable.name());
            Optional<String> value = declare(step, variable);
            history.add(variable.name() + value.map(text -> "=" + text).orElse(""));
        }
        step.commit(history.toString(), false);
    }

    /** Given values win over the default, and the default over a global argument of the same name. */
    private static Optional<String> declare(StepContext step, Arg.Variable variable) {
        String name = variable.name();
        Optional<String> given = step.buildArgument(name);
        // The default is expanded only if it is used, so that an error in an unused one does no harm.
        Optional<String> own =
                given.isPresent() ? given : variable.defaultValue().map(step::expand);
        Optional<String> global = step.globalArgument(name);
        Optional<String> value = own.or(() -> global);
        if (own.isPresent() || global.isEmpty()) {
            step.noteArgument(name, value);
        }
        step.declareArgument(name, value);
        return value;
    }
}
