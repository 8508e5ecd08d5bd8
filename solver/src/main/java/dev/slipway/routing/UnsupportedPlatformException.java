package dev.slipway.routing;

import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;

/** No executor can run a step of a build. */
public final class UnsupportedPlatformException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final String MACHINE =
            "in a machine of that system, such as a virtual one or WSL, or without RUN: all other instructions work here";

    private static final String EMULATOR =
            "install an emulator (slipway emulators install all --from tonistiigi/binfmt, or on Debian and Ubuntu apt-get"
                    + " install qemu-user-static) or build the stage with FROM --platform=$BUILDPLATFORM and cross-compile";

    private final transient Vertex vertex;

    /**
     * @param abilities what the executors run
     * @param otherSystem whether none of them runs anything for the platform's system, so that no emulator would help
     */
    UnsupportedPlatformException(Platform platform, Vertex vertex, String abilities, boolean otherSystem) {
        super("no executor can run this step, which needs " + platform.formatAll() + ": " + abilities + "; "
                + (otherSystem
                        ? "processes for " + platform.os() + " do not run on other systems: build " + MACHINE
                        : EMULATOR));
        this.vertex = vertex;
    }

    /** The first step that cannot run. */
    public Vertex vertex() {
        return vertex;
    }
}
