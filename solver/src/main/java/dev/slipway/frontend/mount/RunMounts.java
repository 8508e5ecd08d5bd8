package dev.slipway.frontend.mount;

import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.mount.MountOptions.MountType;
import dev.slipway.frontend.stage.StageBuild;
import dev.slipway.frontend.stage.StepContext;
import dev.slipway.parser.text.GoText;
import dev.slipway.parser.tree.Run;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The mounts of one RUN. Each type is added to the process by a class of its own. */
public final class RunMounts {

    private final List<MountOptions> mounts;

    private RunMounts(List<MountOptions> mounts) {
        this.mounts = mounts;
    }

    /**
     * Reads the options of all mounts, with the variables of the stage replaced.
     *
     * @throws FrontendException if one is unknown or makes no sense
     */
    public static RunMounts parse(StepContext step, Run run) {
        return new RunMounts(run.mounts().stream()
                .map(mount -> MountOptions.parse(mount, step::expand))
                .toList());
    }

    /** The names of the variables that hold secrets. */
    public Set<String> secretVariables() {
        return mounts.stream()
                .filter(mount -> mount.type() == MountType.SECRET)
                .flatMap(mount -> mount.variable().stream())
                .collect(Collectors.toSet());
    }

    /**
     * Adds the mounts to the process.
     *
     * @throws FrontendException if one reads from a later stage, or has an invalid target
     */
    public void addTo(ProcessDraft process, StepContext step) {
        for (int i = 0; i < mounts.size(); i++) {
            MountOptions mount = mounts.get(i);
            StageBuild from = step.sources().get(i);
            boolean needsStage = !mount.from().isEmpty() || mount.type() == MountType.CACHE;
            if (needsStage && !from.isConverted()) {
                String name = mount.from().isEmpty() ? StageBuild.SCRATCH : mount.from();
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
