package dev.slipway.local.sandbox.runtime;

import dev.slipway.local.sandbox.SandboxContract;

class CrunSandboxTest extends SandboxContract {

    CrunSandboxTest() {
        super("crun");
    }
}
