package dev.slipway.routing;

import dev.slipway.executor.BuildExecutor;
import dev.slipway.executor.PlatformSupport;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.Platform;
import dev.slipway.llb.PlatformMatcher;
import dev.slipway.llb.Vertex;
import java.util.List;
import java.util.Optional;

/** How an executor would run the processes of a platform. */
public final class Placement {

    private Placement() {}

    /** The platform whose processor a vertex needs; none unless it is a process, because everything else runs anywhere. */
    public static Optional<Platform> needed(Vertex vertex) {
        return vertex.op() instanceof ExecOp ? vertex.platform() : Optional.empty();
    }

    /** How the executor runs this platform, native if it can; empty if it cannot run it at all. */
    public static Optional<PlatformSupport> of(Platform platform, BuildExecutor executor) {
        List<PlatformSupport> able = executor.platforms().stream()
                .filter(support -> PlatformMatcher.only(support.platform()).matches(platform))
                .toList();
        return able.stream()
                .filter(PlatformSupport::isNative)
                .findFirst()
                .or(() -> able.stream().findFirst());
    }
}
