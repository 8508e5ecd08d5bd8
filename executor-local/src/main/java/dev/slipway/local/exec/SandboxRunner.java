package dev.slipway.local.exec;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.Result;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Vertex;
import dev.slipway.local.sandbox.Sandbox;
import dev.slipway.local.store.Store;
import java.io.IOException;
import java.util.List;

/** Runs steps from this process. */
public final class SandboxRunner implements ProcessRunner {

    private final Store store;
    private final Sandbox sandbox;
    private final LeftTrees left = new LeftTrees();

    /**
     * @param store where results are
     * @param sandbox what confines the processes
     */
    public SandboxRunner(Store store, Sandbox sandbox) {
        this.store = store;
        this.sandbox = sandbox;
    }

    @Override
    public String name() {
        return sandbox.description();
    }

    @Override
    public boolean startsEmulators() {
        return sandbox.startsEmulators();
    }

    @Override
    public List<Result> run(
            Vertex vertex, List<Result> inputs, StepNeeds needs, BuildSession session, StepMonitor monitor)
            throws IOException, InterruptedException {
        try (ExecStep step = new ExecStep(store, vertex, inputs, needs, session, sandbox, left, monitor)) {
            return step.run();
        }
    }

    @Override
    public void close() {
        left.close();
    }
}
