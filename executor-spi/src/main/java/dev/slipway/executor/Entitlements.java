package dev.slipway.executor;

import dev.slipway.llb.ExecOp;
import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.ExecOp.SecurityMode;

/** What a step may only do if who builds allows it. */
public final class Entitlements {

    private Entitlements() {}

    /**
     * Refuses a step that asks for more than the session allows. Devices are not looked at here: what their names stand for,
     * executors know.
     *
     * @throws ExecutorException if it does
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
