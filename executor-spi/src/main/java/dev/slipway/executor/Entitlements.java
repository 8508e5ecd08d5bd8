package dev.slipway.executor;

import dev.slipway.llb.ExecOp;
import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.ExecOp.SecurityMode;

/** Checks what a step may do only with the consent of the user who builds. */
public final class Entitlements {

    private Entitlements() {}

    /**
     * Refuses a step that asks for more than the session allows. Devices are not checked here: only executors know what their
     * names mean.
     *
     * @throws ExecutorException if the step asks for more
     */
    public static void check(ExecOp op, BuildSession session) {
        if (op.network() == NetworkMode.HOST) {
            require("network.host", session);
        }
        if (op.security() == SecurityMode.INSECURE) {
            require("security.insecure", session);
        }
    }

    private static void require(String name, BuildSession session) {
        if (!session.entitlements().contains(name)) {
            throw new ExecutorException(name + " is not allowed; allow the build " + name);
        }
    }
}
