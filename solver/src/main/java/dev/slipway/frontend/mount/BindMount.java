package dev.slipway.frontend.mount;

import dev.slipway.frontend.graph.Root;
import dev.slipway.frontend.stage.StageBuild;
import dev.slipway.frontend.stage.StepContext;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Op;

/** {@code type=bind}: files of the context, a stage or an image. Changes to them are discarded. */
final class BindMount {

    private BindMount() {}

    static void add(StepContext step, MountOptions mount, StageBuild from, ProcessDraft process) {
        Root root = mount.from().isEmpty() ? step.files().root() : from.root();
        String target = MountPaths.target(step, mount);
        process.add(
                root,
                Mount.of(Op.NONE, MountPaths.selector(mount), target, Op.NONE, mount.readOnly(), new Mount.Bind()));
        MountPaths.want(step, mount, from);
    }
}
