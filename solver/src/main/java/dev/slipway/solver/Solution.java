package dev.slipway.solver;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.Result;
import dev.slipway.llb.Edge;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import dev.slipway.oci.cache.CacheGraph;
import dev.slipway.solver.cache.ExportMode;
import dev.slipway.solver.cache.InputUse;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What came of a solve. */
public final class Solution {

    private final Map<Platform, Result> results;
    private final Function<Vertex, Optional<List<Result>>> lookup;
    private final Export export;
    private final Reporter reporter;

    /** Puts the records of a build together. */
    @FunctionalInterface
    interface Export {
        CacheGraph<Result> cache(ExportMode mode) throws InterruptedException;
    }

    Solution(
            Map<Platform, Result> results,
            Function<Vertex, Optional<List<Result>>> lookup,
            Export export,
            Reporter reporter) {
        this.results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
        this.lookup = lookup;
        this.export = export;
        this.reporter = reporter;
    }

    /** The result of a platform that was asked for; one without files if its image has none. */
    public Result get(Platform platform) {
        return requireNonNull(results.get(platform), "the platform was not asked for");
    }

    /** The results of all platforms that were asked for, in that order. */
    public Map<Platform, Result> results() {
        return results;
    }

    /**
     * The result of any edge of the graph: made now, or found among those of earlier builds, if it is still there. A step that
     * nothing had to look at is looked up now.
     */
    public Optional<Result> find(Edge edge) {
        return lookup.apply(edge.vertex()).map(all -> all.get(edge.output()));
    }

    /**
     * The records of the steps of this build as BuildKit links them, whether they ran or were found. To be called before the executor's work
     * is closed.
     */
    public CacheGraph<Result> cache(ExportMode mode) throws InterruptedException {
        return export.cache(mode);
    }

    /** Tells progress something about a step that does not fail it. */
    public void warn(Vertex vertex, String message) {
        reporter.monitor(vertex).warn(message);
    }

    /** The inputs of a vertex that it builds upon, whose files are therefore among its own. */
    public static List<Edge> bases(Vertex vertex) {
        return inputs(vertex, false);
    }

    /** The inputs of a vertex that it only reads from. */
    public static List<Edge> sources(Vertex vertex) {
        return inputs(vertex, true);
    }

    private static List<Edge> inputs(Vertex vertex, boolean onlyRead) {
        List<InputUse> uses = InputUse.of(vertex);
        return IntStream.range(0, uses.size())
                .filter(position -> uses.get(position).onlyRead() == onlyRead)
                .mapToObj(position -> vertex.inputs().get(position))
                .toList();
    }
}
