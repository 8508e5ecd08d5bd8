package dev.slipway.frontend.convert;

import dev.slipway.frontend.stage.StepContext;
import dev.slipway.frontend.value.GoFormat;
import dev.slipway.parser.tree.Shell;

/** {@code SHELL}: what runs commands in shell form. */
final class ShellConverter {

    private ShellConverter() {}

    static void convert(StepContext step, Shell shell) {
        step.image().shell(shell.arguments());
        step.commit("SHELL " + GoFormat.list(shell.arguments()), false);
    }
}
