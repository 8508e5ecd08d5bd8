package dev.slipway.check;

import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Rule;
import dev.slipway.parser.tree.Arg;
import dev.slipway.parser.tree.Instruction;
import dev.slipway.parser.tree.Stage;

/**
 * {@code ARG TARGETARCH=amd64}: the default wins over the automatic value, so every platform is built as that one. A default
 * with a variable in it may still differ from platform to platform and is passed over.
 */
final class PinnedPlatformArgument implements PlatformCheck {

    private static final Rule RULE = new Rule(
            "PinnedPlatformArg", "Automatic platform arguments should not be given a default value", "", false);

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void run(CheckedBuild build, Checks checks) {
        build.dockerfile().globalArgs().forEach(arg -> check(arg, checks));
        for (Stage stage : build.dockerfile().stages()) {
            for (Instruction instruction : stage.instructions()) {
                if (instruction instanceof Arg arg) {
                    check(arg, checks);
                }
            }
        }
    }

    private static void check(Arg arg, Checks checks) {
        for (Arg.Variable variable : arg.variables()) {
            String value = variable.defaultValue().orElse("$");
            if (AutomaticArguments.contains(variable.name()) && value.indexOf('$') < 0) {
                checks.report(
                        RULE,
                        "Default value '" + value + "' of " + variable.name()
                                + " is used for every platform instead of the automatic value; write 'ARG "
                                + variable.name() + "'",
                        arg.statement());
            }
        }
    }
}
