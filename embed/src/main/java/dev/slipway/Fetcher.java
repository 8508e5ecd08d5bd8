package dev.slipway;

import dev.slipway.executor.Result;
import dev.slipway.executor.VertexWork;
import dev.slipway.graph.BuildGraph;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import dev.slipway.progress.Progress;
import dev.slipway.solver.Solver;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lets the executor fetch what a build must look into before its graph can be made. */
final class Fetcher {

    private final VertexWork work;
    private final Solver solver;
    private final Progress progress;
    private final Set<Digest> fetched = new HashSet<>();

    Fetcher(VertexWork work, Solver solver, Progress progress) {
        this.work = work;
        this.solver = solver;
        this.progress = progress;
    }

    /** Fetches a source, and unpacks it if its definition says so. */
    Result fetch(Definition definition) throws InterruptedException {
        definition.vertices().stream().map(Vertex::digest).forEach(fetched::add);
        // Whatever the platform is called: sources have none.
        Platform platform = Platform.host();
        return solver.solve(BuildGraph.merge(Map.of(platform, definition)), work, progress)
                .get(platform);
    }

    /** The first bytes of a file of what was fetched; nothing if there is no such file. */
    Optional<byte[]> read(Result root, String path, int limit) throws InterruptedException {
        return work.readFile(root, path, limit);
    }

    /** The vertices that were made so far. */
    Set<Digest> fetched() {
        return fetched;
    }
}
