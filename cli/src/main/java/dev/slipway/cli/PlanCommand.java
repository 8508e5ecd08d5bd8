package dev.slipway.cli;

import dev.slipway.Slipway;
import dev.slipway.plan.Plan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code slipway plan}. */
@Command(
        name = "plan",
        description = "Show what a build would do, step by step, without doing it.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {

    @Mixin
    private BuildOptions options;

    @Option(names = "--format", paramLabel = "text|json", description = "How to print it (default: text).")
    private Format format = Format.TEXT;

    /** For people or for programs. */
    enum Format {
        TEXT,
        JSON
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Slipway slipway = Slipway.open()) {
            Plan plan = slipway.plan(options.request());
            System.out.print(format == Format.JSON ? plan.toJson() + System.lineSeparator() : plan.toText());
        }
        return 0;
    }
}
