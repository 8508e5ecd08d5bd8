package dev.slipway.frontend;

import dev.slipway.frontend.MountOptions.MountType;
import dev.slipway.parser.text.GoText;
import java.util.List;

/** Adds the mounts of one RUN to its process, each in the way of its kind. */
final class RunMounts {

    private RunMounts() {}

    static void add(StepContext step, List<MountOptions> mounts, ProcessDraft process) {
        for (int i = 0; i < mounts.size(); i++) {
            MountOptions mount = mounts.get(i);
            StageBuild from = step.step().sources().get(i);
            boolean needsStage = !mount.from().isEmpty() || mount.type() == MountType.CACHE;
            if (needsStage && !from.isConverted()) {
                String name = mount.from().isEmpty() ? BaseResolver.SCRATCH : mount.from();
                throw new FrontendException("cannot mount from stage " + GoText.quote(name) + " to "
                        + GoText.quote(mount.target()) + ", stage needs to be defined before current command");
            }
            switch (mount.type()) {
                case BIND -> BindMount.add(step, mount, from, process);
                case CACHE -> CacheMount.add(step, mount, from, process);
                case TMPFS -> TmpfsMount.add(step, mount, from, process);
                case SECRET -> SecretMount.add(step, mount, process);
                case SSH -> SshMount.add(step, mount, process);
            }
        }
    }
}
