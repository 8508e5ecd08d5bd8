package dev.slipway.local.sandbox;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.emulation.Emulators;
import dev.slipway.local.sandbox.choice.Sandboxes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sandbox and a step for each test. */
@Tag("end-to-end")
@Timeout(300)
public abstract class SandboxSetup {

    @TempDir
    protected Path folder;

    protected final String name;
    protected Sandbox sandbox;
    protected TestStep step;

    protected SandboxSetup(String name) {
        this.name = name;
    }

    @BeforeEach
    protected void setUp() throws IOException {
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        try {
            sandbox = new Sandboxes(scratch, scratch, new Emulators(scratch, scratch)).choose(name);
        } catch (ExecutorException e) {
            assumeTrue(false, e.getMessage());
        }
        assumeTrue(Files.exists(TestStep.BUSYBOX), "needs busybox-static");
        step = TestStep.onBusybox(folder);
    }
}
