package dev.slipway.frontend.mount;

import dev.slipway.frontend.graph.Root;
import dev.slipway.frontend.stage.StageBuild;
import dev.slipway.frontend.stage.StepContext;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Op;

/** {@code type=tmpfs}: a folder in memory. */
final class TmpfsMount {

    private TmpfsMount() {}

    static void add(StepContext step, MountOptions mount, StageBuild from, ProcessDraft process) {
        String target = MountPaths.target(step, mount);
        process.add(
                Root.SCRATCH,
                Mount.of(
                        Op.NONE,
                        MountPaths.selector(mount),
                        target,
                        Op.NONE,
                        mount.readOnly(),
                        new Mount.Tmpfs(mount.size())));
        // Nothing is read, but BuildKit narrows the context all the same.
        MountPaths.want(step, mount, from);
    }
}
