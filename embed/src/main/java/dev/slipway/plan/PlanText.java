package dev.slipway.plan;

import dev.slipway.executor.text.TerminalText;
import dev.slipway.llb.Platform;
import dev.slipway.plan.PlanStep.Fate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a plan as text: two lines a step, and a summary. */
final class PlanText {

    private PlanText() {}

    static String write(Plan plan) {
        StringBuilder text = new StringBuilder();
        for (PlanStep step : plan.steps()) {
            text.append(String.format(Locale.ROOT, "#%d %s%n", step.number(), TerminalText.line(step.name())));
            text.append("   for ").append(names(step.platforms()));
            text.append("; ").append(step.executor()).append(", ").append(step.place());
            step.sandbox().ifPresent(sandbox -> text.append(", sandbox ").append(sandbox));
            text.append("; ").append(fate(step));
            if (!step.inputs().isEmpty()) {
                text.append("; after ")
                        .append(step.inputs().stream().map(input -> "#" + input).collect(Collectors.joining(", ")));
            }
            text.append(System.lineSeparator());
        }
        text.append(String.format(
                Locale.ROOT,
                "%d steps for %s: %d to run (%d emulated), %d from cache, %d not needed%n",
                plan.steps().size(),
                names(plan.platforms()),
                count(plan, Fate.RUN),
                plan.steps().stream()
                        .filter(step ->
                                step.fate() == Fate.RUN && step.emulator().isPresent())
                        .count(),
                count(plan, Fate.CACHED),
                count(plan, Fate.SKIPPED)));
        return text.toString();
    }

    private static long count(Plan plan, Fate fate) {
        return plan.steps().stream().filter(step -> step.fate() == fate).count();
    }

    private static String fate(PlanStep step) {
        return switch (step.fate()) {
            case RUN ->
                step.problem()
                        .map(problem -> "cannot run: " + TerminalText.line(problem))
                        .orElse("runs");
            case CACHED -> "from cache";
            case SKIPPED -> "not needed";
        };
    }

    private static String names(List<Platform> platforms) {
        return platforms.stream().map(Platform::formatAll).collect(Collectors.joining(", "));
    }
}
