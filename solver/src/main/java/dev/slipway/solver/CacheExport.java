package dev.slipway.solver;

import dev.slipway.executor.CacheRecord;
import dev.slipway.executor.Result;
import dev.slipway.executor.VertexWork;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.oci.cache.CacheGraph.Stored;
import dev.slipway.solver.cache.CacheGraphBuilder;
import dev.slipway.solver.cache.CacheGraphBuilder.Item;
import dev.slipway.solver.cache.CacheGraphBuilder.Source;
import dev.slipway.solver.cache.CacheMap;
import dev.slipway.solver.cache.InputUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Puts the records of a build together as BuildKit links them: each step is reached from the records of its inputs, and from what it reads
 * of them. All of that stands in the store's records, so that a build in which nothing ran is exported as well.
 */
final class CacheExport {

    private final VertexWork work;
    private final Function<Vertex, Digest> definitions;
    private final Set<Edge> withResults;
    private final boolean all;
    private final CacheGraphBuilder<Result> graph = new CacheGraphBuilder<>();
    private final Map<Edge, List<Item<Result>>> exported = new HashMap<>();

    /**
     * @param definitions the keys of steps by definition
     * @param all whether all results are exported, not only these
     */
    CacheExport(VertexWork work, Function<Vertex, Digest> definitions, boolean all, Set<Edge> withResults) {
        this.work = work;
        this.definitions = definitions;
        this.all = all;
        this.withResults = withResults;
    }

    CacheGraphBuilder<Result> graph() {
        return graph;
    }

    /** Adds an output with all that it is made of, whose records are there already if this is called in the order of the graph. */
    List<Item<Result>> add(Edge edge) throws InterruptedException {
        List<Item<Result>> known = exported.get(edge);
        if (known == null) {
            known = edge.vertex().op() instanceof SourceOp ? source(edge) : step(edge);
            exported.put(edge, known);
        }
        return known;
    }

    /** What a source holds is had from where it was had before, so that its result does not travel. */
    private List<Item<Result>> source(Edge edge) throws InterruptedException {
        return work.cacheKeys(edge.vertex()).stream()
                .map(key -> graph.root(CacheMap.record(CacheMap.ofSource(key), edge.output()), Optional.empty()))
                .toList();
    }

    private List<Item<Result>> step(Edge edge) throws InterruptedException {
        Vertex vertex = edge.vertex();
        CacheMap map = CacheMap.of(vertex);
        Optional<CacheRecord> record = work.find(definitions.apply(vertex));
        List<List<Source<Result>>> inputs = new ArrayList<>();
        for (int i = 0; i < vertex.inputs().size(); i++) {
            InputUse use = map.inputs().get(i);
            List<Source<Result>> sources = new ArrayList<>();
            for (Item<Result> item : add(vertex.inputs().get(i))) {
                sources.add(new Source<>(item, use.selector()));
            }
            record.flatMap(RecordNotes.content(i))
                    .map(content -> graph.root(CacheMap.record(content, -1), Optional.empty()))
                    .ifPresent(item -> sources.add(new Source<>(item, Optional.empty())));
            inputs.add(sources);
        }
        // What only one build knows, such as a folder of the client, is found by no other.
        if (inputs.stream().anyMatch(List::isEmpty)) {
            return List.of();
        }
        return List.of(graph.add(CacheMap.record(map.digest(), edge.output()), inputs, result(edge, record)));
    }

    private Optional<Stored<Result>> result(Edge edge, Optional<CacheRecord> record) {
        boolean wanted = all || withResults.contains(edge);
        return record.filter(found -> wanted && !edge.vertex().inputs().isEmpty())
                .map(found -> new Stored<>(found.results().get(edge.output()), RecordNotes.created(found)))
                .filter(stored -> !stored.value().equals(Result.EMPTY));
    }
}
