package dev.slipway.local.sandbox;

class CrunSandboxTest extends SandboxContract {

    CrunSandboxTest() {
        super("crun");
    }
}
