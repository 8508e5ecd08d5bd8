package dev.slipway.frontend.mount;

import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.stage.StepContext;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Mount.SessionFile;
import dev.slipway.llb.Op;

/** {@code type=ssh}: the socket of an SSH agent of the session. */
final class SshMount {

    private static final String DEFAULT_ID = "default";
    private static final String DEFAULT_TARGET = "/run/buildkit/ssh_agent.";
    private static final int DEFAULT_MODE = 0600;

    private SshMount() {}

    static void add(StepContext step, MountOptions mount, ProcessDraft process) {
        if (!mount.source().isEmpty()) {
            throw new FrontendException("ssh does not support source");
        }
        step.needAgent(mount.id().isEmpty() ? DEFAULT_ID : mount.id(), mount.required());
        String target = mount.target().isEmpty() ? DEFAULT_TARGET + process.agentCount() : mount.target();
        SessionFile file = new SessionFile(
                mount.id(),
                mount.uid().orElse(0),
                mount.gid().orElse(0),
                mount.mode().orElse(DEFAULT_MODE),
                !mount.required());
        process.addAgent(Mount.of(Op.NONE, "", target, 0, false, new Mount.Ssh(file)));
    }
}
