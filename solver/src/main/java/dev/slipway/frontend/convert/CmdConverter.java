package dev.slipway.frontend.convert;

import dev.slipway.frontend.check.ShellFormCheck;
import dev.slipway.frontend.stage.StepContext;
import dev.slipway.frontend.value.GoFormat;
import dev.slipway.parser.tree.Cmd;
import dev.slipway.parser.tree.CommandLine;
import java.util.List;

/** {@code CMD}: the command of a container, or the arguments of its entrypoint. */
final class CmdConverter {

    static final String KEYWORD = "CMD";

    private CmdConverter() {}

    static void convert(StepContext step, Cmd cmd) {
        step.markSingleUse(KEYWORD);
        List<String> arguments = arguments(step, cmd.command());
        step.image().command(arguments);
        step.image().markArgumentsEscaped(); // On every system, as in BuildKit.
        step.commit("CMD " + GoFormat.quotedList(arguments), false);
    }

    /** The arguments of CMD and ENTRYPOINT, through the image's shell if they are in shell form. */
    static List<String> arguments(StepContext step, CommandLine command) {
        if (!command.shellForm()) {
            return command.arguments();
        }
        if (!step.image().hasShell()) {
            ShellFormCheck.run(step.checks(), step.statement());
        }
        return step.image().withShell(command.arguments());
    }
}
