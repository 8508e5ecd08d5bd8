package dev.slipway.local.sandbox.runtime;

import dev.slipway.local.sandbox.SandboxContract;

class RuncSandboxTest extends SandboxContract {

    RuncSandboxTest() {
        super("runc");
    }
}
