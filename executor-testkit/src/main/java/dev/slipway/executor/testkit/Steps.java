package dev.slipway.executor.testkit;

import dev.slipway.executor.Result;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.Vertex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs graphs on an executor's work: each vertex once, after its inputs. */
final class Steps {

    private final VertexWork work;
    private final Map<Digest, List<Result>> results = new HashMap<>();

    Steps(VertexWork work) {
        this.work = work;
    }

    Result run(Edge edge) throws InterruptedException {
        return run(edge.vertex()).get(edge.output());
    }

    List<Result> run(Vertex vertex) throws InterruptedException {
        List<Result> known = results.get(vertex.digest());
        if (known == null) {
            known = work.run(vertex, inputs(vertex), StepMonitor.NONE);
            results.put(vertex.digest(), known);
        }
        return known;
    }

    /** The results of a vertex's inputs, in their order. */
    List<Result> inputs(Vertex vertex) throws InterruptedException {
        List<Result> inputs = new ArrayList<>();
        for (Edge input : vertex.inputs()) {
            inputs.add(run(input));
        }
        return inputs;
    }
}
