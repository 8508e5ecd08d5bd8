package dev.slipway.frontend.mount;

import dev.slipway.executor.text.SlashPath;
import dev.slipway.frontend.stage.StepContext;
import dev.slipway.llb.ExecOp.SecretEnvironment;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Mount.SessionFile;
import dev.slipway.llb.Op;
import java.util.Optional;

/** {@code type=secret}: a secret of the session, as a file, as a variable, or as both. */
final class SecretMount {

    private static final String FOLDER = "/run/secrets/";
    private static final int DEFAULT_MODE = 0400;

    private SecretMount() {}

    static void add(StepContext step, MountOptions mount, ProcessDraft process) {
        String id = id(mount);
        boolean optional = !mount.required();
        step.needSecret(id, mount.required());
        SessionFile file = new SessionFile(
                id, mount.uid().orElse(0), mount.gid().orElse(0), mount.mode().orElse(DEFAULT_MODE), optional);
        process.addSecret(
                target(mount, id).map(target -> Mount.of(Op.NONE, "", target, 0, false, new Mount.Secret(file))),
                mount.variable().map(variable -> new SecretEnvironment(id, variable, optional)));
    }

    private static String id(MountOptions mount) {
        String id = mount.source().isEmpty() ? mount.id() : mount.source();
        return id.isEmpty() ? SlashPath.base(mount.target()) : id;
    }

    /** A secret in a variable is also a file only if a path is given. */
    private static Optional<String> target(MountOptions mount, String id) {
        if (!mount.target().isEmpty()) {
            return Optional.of(mount.target());
        }
        return mount.variable().isPresent() ? Optional.empty() : Optional.of(FOLDER + SlashPath.base(id));
    }
}
