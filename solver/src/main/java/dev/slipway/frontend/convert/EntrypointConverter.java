package dev.slipway.frontend.convert;

import dev.slipway.frontend.stage.StepContext;
import dev.slipway.frontend.value.GoFormat;
import dev.slipway.parser.tree.Entrypoint;
import java.util.List;

/** {@code ENTRYPOINT}: the program of a container. */
final class EntrypointConverter {

    private EntrypointConverter() {}

    static void convert(StepContext step, Entrypoint entrypoint) {
        step.markSingleUse("ENTRYPOINT");
        List<String> arguments = CmdConverter.arguments(step, entrypoint.command());
        step.image().entrypoint(arguments);
        if (!step.hasUsed(CmdConverter.KEYWORD)) {
            // An inherited command was meant for another entrypoint.
            step.image().command(List.of());
        }
        step.commit("ENTRYPOINT " + GoFormat.quotedList(arguments), false);
    }
}
