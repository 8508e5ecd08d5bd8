package dev.slipway.cli;

import dev.slipway.Slipway;
import dev.slipway.describe.CheckReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code slipway check}. */
@Command(
        name = "check",
        description = "Check a Dockerfile without building it; exit code 1 if anything is found.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    @Mixin
    private BuildOptions options;

    @Mixin
    private FormatOption format;

    @Override
    public Integer call() throws InterruptedException {
        try (Slipway slipway = Slipway.open()) {
            CheckReport report = slipway.check(options.request());
            format.print(report.toText(), report.toJson());
            return report.isClean() ? 0 : 1;
        }
    }
}
