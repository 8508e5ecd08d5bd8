package dev.slipway.plan;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Platform;
import java.util.List;

/**
 * What a build would do.
 *
 * @param platforms the platforms, in the order of the request
 * @param steps every step once, each after its inputs
 */
public record Plan(List<Platform> platforms, List<PlanStep> steps) {

    public Plan {
        platforms = List.copyOf(requireNonNull(platforms, "platforms is null"));
        steps = List.copyOf(requireNonNull(steps, "steps is null"));
    }

    /** The plan as text for people. */
    public String toText() {
        return PlanText.write(this);
    }

    /** The plan as JSON for programs. */
    public String toJson() {
        return PlanJson.write(this);
    }
}
