package dev.slipway.cli;

import dev.slipway.Slipway;
import dev.slipway.describe.TargetOutline;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code slipway outline}. */
@Command(
        name = "outline",
        description = "Show the arguments, secrets and agents that a target uses.",
        mixinStandardHelpOptions = true)
final class OutlineCommand implements Callable<Integer> {

    @Mixin
    private BuildOptions options;

    @Mixin
    private FormatOption format;

    @Override
    public Integer call() throws InterruptedException {
        try (Slipway slipway = Slipway.open()) {
            TargetOutline outline = slipway.outline(options.request());
            format.print(outline.toText(), outline.toJson());
            return 0;
        }
    }
}
