package dev.slipway.check;

import dev.slipway.parser.check.CheckOptions;
import java.util.Map;

/** Which checks a build runs: what a build argument says, else what the Dockerfile says. */
public final class CheckSettings {

    private static final String ARGUMENT = "BUILDKIT_DOCKERFILE_CHECK";

    private CheckSettings() {}

    /**
     * Reads the options.
     *
     * @param source the Dockerfile
     * @param buildArgs the build arguments
     * @throws IllegalArgumentException if they can't be read; the message is BuildKit's
     */
    public static CheckOptions of(byte[] source, Map<String, String> buildArgs) {
        String argument = buildArgs.get(ARGUMENT);
        if (argument == null) {
            return CheckOptions.of(source);
        }
        try {
            return CheckOptions.parse(argument);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("failed to parse build-arg:" + ARGUMENT + ": " + e.getMessage(), e);
        }
    }
}
