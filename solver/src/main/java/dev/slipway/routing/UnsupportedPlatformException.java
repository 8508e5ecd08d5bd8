package dev.slipway.routing;

import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;

/** No executor can run a step of a build. */
public final class UnsupportedPlatformException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Vertex vertex;

    UnsupportedPlatformException(Platform platform, Vertex vertex, String abilities) {
        super(
                "no executor can run this step, which needs " + platform.formatAll() + ": " + abilities
                        + "; install an emulator (slipway emulators install --from tonistiigi/binfmt, or on Debian and Ubuntu apt-get"
                        + " install qemu-user-static) or build the stage with FROM --platform=$BUILDPLATFORM and cross-compile");
        this.vertex = vertex;
    }

    /** The first step that cannot run. */
    public Vertex vertex() {
        return vertex;
    }
}
