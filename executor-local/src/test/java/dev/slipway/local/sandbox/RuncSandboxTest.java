package dev.slipway.local.sandbox;

class RuncSandboxTest extends SandboxContract {

    RuncSandboxTest() {
        super("runc");
    }
}
