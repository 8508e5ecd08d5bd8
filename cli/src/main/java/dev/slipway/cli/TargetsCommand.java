package dev.slipway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code slipway targets}. */
@Command(name = "targets", description = "List the stages of a Dockerfile.", mixinStandardHelpOptions = true)
final class TargetsCommand implements Callable<Integer> {

    @Mixin
    private BuildOptions options;

    @Mixin
    private FormatOption format;

    @Override
    public Integer call() throws InterruptedException {
        return Question.TARGETS.answer(options.request(), format);
    }
}
