package com.example;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.ExecutorProvider;
import dev.slipway.executor.ExecutorSettings;
import dev.slipway.executor.ForwardingVertexExecutor;
import dev.slipway.executor.ForwardingVertexWork;
import dev.slipway.executor.Result;
import dev.slipway.executor.VertexExecutor;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Vertex;
import java.util.List;

/** Leaves the work to the local executor, and logs each step that runs. */
public final class LoggingExecutor extends ForwardingVertexExecutor {

    private LoggingExecutor(VertexExecutor executor) {
        super(executor);
    }

    @Override
    public VertexWork begin(BuildSession session) {
        return new ForwardingVertexWork(super.begin(session)) {
            @Override
            public List<Result> run(Vertex vertex, List<Result> inputs, StepMonitor monitor)
                    throws InterruptedException {
                System.getLogger("steps").log(System.Logger.Level.INFO, "run " + vertex);
                return super.run(vertex, inputs, monitor);
            }
        };
    }

    /** Makes the executor. */
    public static final class Provider implements ExecutorProvider {
        @Override
        public String name() {
            return "logging";
        }

        @Override
        public VertexExecutor open(ExecutorSettings settings) {
            return new LoggingExecutor(
                    (VertexExecutor) ExecutorProvider.named("local").open(settings));
        }
    }
}
