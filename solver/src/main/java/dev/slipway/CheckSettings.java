package dev.slipway;

import dev.slipway.parser.check.CheckOptions;
import java.util.List;

/** Which checks a build runs: what the build argument says, else what the Dockerfile says. */
final class CheckSettings {

    private static final String ARGUMENT = "BUILDKIT_DOCKERFILE_CHECK";

    private CheckSettings() {}

    static CheckOptions of(byte[] source, BuildRequest request) {
        String argument = request.buildArgs().get(ARGUMENT);
        try {
            return argument == null ? CheckOptions.of(source) : CheckOptions.parse(argument);
        } catch (IllegalArgumentException e) {
            String prefix = argument == null ? "" : "failed to parse build-arg:" + ARGUMENT + ": ";
            throw new BuildException(prefix + e.getMessage(), List.of(), e);
        }
    }
}
