package dev.slipway.frontend.mount;

import dev.slipway.executor.text.SlashPath;
import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.stage.StageBuild;
import dev.slipway.frontend.stage.StepContext;
import dev.slipway.parser.text.GoText;

/** The source and target paths of mounts with inputs. */
final class MountPaths {

    private MountPaths() {}

    /**
     * Where the process sees the mount. An absolute path stays as it is written, trailing slash included, as in BuildKit.
     *
     * @throws FrontendException if it is the root itself
     */
    static String target(StepContext step, MountOptions mount) {
        String target = mount.target();
        if (!SlashPath.isAbsolute(target)) {
            target = SlashPath.join(SlashPath.join("/", step.state().directory()), target);
        }
        if (target.equals("/")) {
            throw new FrontendException("invalid mount target " + GoText.quote(target));
        }
        return target;
    }

    /** The path inside what is mounted; empty for all of it. */
    static String selector(MountOptions mount) {
        String source = SlashPath.join("/", mount.source());
        return source.equals("/") ? "" : source;
    }

    /** Remembers that a path of the context or of a stage is needed. */
    static void want(StepContext step, MountOptions mount, StageBuild from) {
        if (mount.from().isEmpty()) {
            step.files().want(mount.source());
        } else {
            from.want(mount.source());
        }
    }
}
