package dev.slipway.local.exec;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.Result;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Vertex;
import java.io.IOException;
import java.util.List;

/** Runs the processes of steps. Methods may be called from several threads at once. */
public interface ProcessRunner extends AutoCloseable {

    /** What confines the processes, and what they cannot do in it that anybody would expect, for messages. */
    String name();

    /** Whether it starts the emulator of a foreign platform itself, so that none need be registered with the kernel. */
    default boolean startsEmulators() {
        return false;
    }

    /**
     * Runs a step to its end.
     *
     * @param vertex a vertex whose op is an {@link dev.slipway.llb.ExecOp}
     * @param inputs the results of its inputs
     * @param needs what it needs besides
     * @return the outputs, in their order
     */
    List<Result> run(Vertex vertex, List<Result> inputs, StepNeeds needs, BuildSession session, StepMonitor monitor)
            throws IOException, InterruptedException;

    /** Ends what still runs. */
    @Override
    void close();
}
