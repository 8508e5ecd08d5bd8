package dev.slipway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code slipway check}. */
@Command(
        name = "check",
        description = "Check a Dockerfile without building it; exit code 1 if BuildKit's rules find anything.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    @Mixin
    private BuildOptions options;

    @Mixin
    private FormatOption format;

    @Mixin
    private StrictOption strict;

    @Override
    public Integer call() throws InterruptedException {
        return strict.question().answer(options.request(), format);
    }
}
