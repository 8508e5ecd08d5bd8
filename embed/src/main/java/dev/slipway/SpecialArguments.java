package dev.slipway;

import dev.slipway.frontend.value.GoNumbers;
import java.util.Map;
import java.util.Optional;

/**
 * Build arguments that say something to BuildKit itself, whether the Dockerfile declares them or not. Those that concern the
 * conversion or the checks are read there.
 */
final class SpecialArguments {

    private static final String MULTI_PLATFORM = "BUILDKIT_MULTI_PLATFORM";
    private static final String DISABLE_FILE_OP = "BUILDKIT_DISABLE_FILEOP";

    private SpecialArguments() {}

    /** Whether the {@code .git} of a repository that is the main context is kept. */
    static boolean keepsGitFolder(Map<String, String> buildArgs) {
        return flag(buildArgs, "BUILDKIT_CONTEXT_KEEP_GIT_DIR").orElse(false);
    }

    /** Whether the time of a repository's commit counts, as what {@code SOURCE_DATE_EPOCH} may stand for. */
    static boolean asksCommitTime(Map<String, String> buildArgs) {
        return !buildArgs.getOrDefault("SOURCE_DATE_EPOCH", "").isEmpty();
    }

    /** What steps take for the name of their machine; empty for the executor's default. */
    static String hostName(Map<String, String> buildArgs) {
        return buildArgs.getOrDefault("BUILDKIT_SANDBOX_HOSTNAME", "");
    }

    /**
     * Whether the result is an index and the names of steps tell the platforms apart, even if there is but one.
     *
     * @param platforms how many were asked for
     */
    static boolean multiPlatform(Map<String, String> buildArgs, int platforms) {
        String value = buildArgs.getOrDefault(MULTI_PLATFORM, "");
        if (value.isEmpty()) {
            return platforms > 1;
        }
        boolean wanted = GoNumbers.parseBool(value)
                .orElseThrow(() -> new BuildException("invalid boolean value for multi-platform: " + value));
        if (!wanted && platforms > 1) {
            throw new BuildException("conflicting config: returning multiple target platforms is not allowed; leave "
                    + MULTI_PLATFORM + " out, or name one platform");
        }
        return wanted;
    }

    /** Refuses what BuildKit no longer does. */
    static void check(Map<String, String> buildArgs) {
        if (flag(buildArgs, DISABLE_FILE_OP).orElse(false)) {
            throw new BuildException("support for \"" + DISABLE_FILE_OP + "\" build-arg was removed in BuildKit 0.11");
        }
    }

    private static Optional<Boolean> flag(Map<String, String> buildArgs, String name) {
        return GoNumbers.parseBool(buildArgs.getOrDefault(name, ""));
    }
}
