package dev.slipway.routing;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.BuildExecutor;
import dev.slipway.llb.Platform;
import dev.slipway.llb.PlatformMatcher;
import java.util.List;

/**
 * An executor that may be chosen.
 *
 * @param executor the executor
 * @param targets the platforms whose images it may build, on whatever platforms their steps run; none for all
 */
public record Candidate(BuildExecutor executor, List<Platform> targets) {

    public Candidate {
        requireNonNull(executor, "executor is null");
        targets = List.copyOf(requireNonNull(targets, "targets is null"));
    }

    /** An executor that may build images for all platforms. */
    public static Candidate of(BuildExecutor executor) {
        return new Candidate(executor, List.of());
    }

    boolean takes(Platform target) {
        return targets.isEmpty()
                || targets.stream()
                        .anyMatch(platform -> PlatformMatcher.only(platform).matches(target));
    }
}
