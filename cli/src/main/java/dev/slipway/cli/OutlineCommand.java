package dev.slipway.cli;

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
        return Question.OUTLINE.answer(options.request(), format);
    }
}
