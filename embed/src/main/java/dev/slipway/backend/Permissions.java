package dev.slipway.backend;

import static java.util.stream.Collectors.joining;

import dev.slipway.caller.RefusedException;
import dev.slipway.executor.BuildSession;
import dev.slipway.executor.Entitlements;
import dev.slipway.executor.ExecutorException;
import dev.slipway.graph.BuildGraph;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.Platform;

/** What a build asks for is refused before its first step, not in the middle, and as in BuildKit whether it is cached or not. */
public final class Permissions {

    private Permissions() {}

    public static void check(BuildGraph graph, BuildSession session) {
        for (BuildGraph.Step step : graph.steps()) {
            if (step.vertex().op() instanceof ExecOp exec) {
                check(step, exec, session);
            }
        }
    }

    private static void check(BuildGraph.Step step, ExecOp exec, BuildSession session) {
        try {
            Entitlements.check(exec, session);
        } catch (ExecutorException e) {
            String platforms = step.platforms().stream().map(Platform::format).collect(joining(", ", "for ", ": "));
            throw new RefusedException(
                    platforms + e.getMessage(), step.vertex().metadata().locations(), e);
        }
    }
}
