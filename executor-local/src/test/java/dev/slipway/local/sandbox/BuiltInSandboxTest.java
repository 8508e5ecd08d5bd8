package dev.slipway.local.sandbox;

class BuiltInSandboxTest extends SandboxContract {

    BuiltInSandboxTest() {
        super("built-in");
    }
}
