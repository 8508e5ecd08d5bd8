package dev.slipway.local;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.StepMonitor;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.VertexMetadata;

/** What steps may ask for that this executor has not got. What a step must have fails it; of the rest it is told. */
final class Unsupported {

    private Unsupported() {}

    static void check(ExecOp op, VertexMetadata metadata, StepMonitor monitor) {
        for (ExecOp.CdiDevice device : op.cdiDevices()) {
            String problem = "the local executor cannot give steps the device " + device.name();
            if (!device.optional()) {
                throw new ExecutorException(problem
                        + ": it knows no Container Device Interface; do not require it, or build on a BuildKit node");
            }
            monitor.warn(problem);
        }
        if (!metadata.linuxResources().isEmpty()) {
            monitor.warn("the local executor does not limit "
                    + String.join(", ", metadata.linuxResources().keySet()) + " of steps");
        }
    }
}
