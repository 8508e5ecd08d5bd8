package dev.slipway.backend;

import dev.slipway.executor.GraphExecutor;
import dev.slipway.executor.GraphWork;
import dev.slipway.executor.GraphWork.Target;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import dev.slipway.oci.cache.CacheGraph;
import dev.slipway.progress.Progress;
import dev.slipway.solver.cache.ImportedCache;
import java.util.List;
import java.util.Optional;

/** An engine that takes graphs whole. */
final class GraphBackend implements Backend {

    private final GraphExecutor executor;
    private final GraphWork work;

    GraphBackend(GraphExecutor executor, GraphWork work) {
        this.executor = executor;
        this.work = work;
    }

    @Override
    public GraphExecutor executor() {
        return executor;
    }

    @Override
    public GraphWork work() {
        return work;
    }

    @Override
    public BuiltImage fetch(Definition definition, Progress progress) throws InterruptedException {
        ImageSpec spec = new ImageSpec(Platform.host(), Bytes.utf8("{}"), Optional.empty(), Optional.empty());
        return work.build(List.of(new Target(definition, spec)), progress).get(0);
    }

    /** What an engine has in its cache, only it knows. */
    @Override
    public boolean knows(Vertex source) {
        return false;
    }

    /** What an engine has in its cache, and how it travels, only it knows. */
    @Override
    public Built build(Share share, ImportedCache imported, boolean looksForForeign, Progress progress)
            throws InterruptedException {
        List<Target> targets = share.specs().stream()
                .map(spec -> new Target(share.graph().definition(spec.platform()), spec))
                .toList();
        return new Built(work.build(targets, progress), List.of(), edge -> List.of(), mode -> CacheGraph.empty());
    }

    /** What an engine has in its cache, only it knows. */
    @Override
    public void plan(Share share, ImportedCache imported, Progress progress) {}

    @Override
    public void close() {
        work.close();
    }
}
