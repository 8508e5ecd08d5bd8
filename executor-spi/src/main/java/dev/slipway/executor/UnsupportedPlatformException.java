package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;

/** No executor can run a step of a build, because of the platform that the step needs. */
public final class UnsupportedPlatformException extends ExecutorException {

    private static final long serialVersionUID = 1;

    private final transient Platform platform;
    private final transient Vertex vertex;

    /**
     * @param message names the platform, what could be run instead, and what would help
     * @param platform what the step needs
     * @param vertex the first step that cannot run
     */
    public UnsupportedPlatformException(String message, Platform platform, Vertex vertex) {
        super(message);
        this.platform = requireNonNull(platform, "platform is null");
        this.vertex = requireNonNull(vertex, "vertex is null");
    }

    /** The platform that the step needs. */
    public Platform platform() {
        return platform;
    }

    /** The first step that cannot run. */
    public Vertex vertex() {
        return vertex;
    }
}
