package dev.slipway.cli;

import dev.slipway.Slipway;
import dev.slipway.plan.Plan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code slipway plan}. */
@Command(
        name = "plan",
        description = "Show what a build would do, step by step, without doing it.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {

    @Mixin
    private BuildOptions options;

    @Mixin
    private SandboxOption sandbox;

    @Mixin
    private CacheFromOption cacheFrom;

    @Mixin
    private FormatOption format;

    @Override
    public Integer call() throws InterruptedException {
        try (Slipway slipway = sandbox.open()) {
            Plan plan = slipway.plan(cacheFrom.addTo(options.request()));
            format.print(plan.toText(), plan.toJson());
        }
        return 0;
    }
}
