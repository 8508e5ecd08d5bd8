package dev.slipway.solver;

import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Op;
import dev.slipway.llb.Vertex;
import dev.slipway.oci.cache.CacheGraph.Link;
import dev.slipway.oci.cache.CacheGraph.Stored;
import dev.slipway.solver.cache.CacheMap;
import dev.slipway.solver.cache.ImportedCache;
import dev.slipway.solver.cache.ImportedCache.Layers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which imported records the steps of one solve are. That of a step is reached from those of its inputs; so the more of a graph is known,
 * the more is found. It belongs to the solve's loop.
 */
final class ImportedSteps {

    private static final int CONTENT = -1;

    private final ImportedCache cache;
    private final Map<Digest, List<Set<Integer>>> records = new HashMap<>();

    ImportedSteps(ImportedCache cache) {
        this.cache = cache;
    }

    /** Whether nothing is imported. */
    boolean isEmpty() {
        return cache.isEmpty();
    }

    /** A source is known by any of these keys. */
    void source(Vertex vertex, List<String> keys) {
        for (String key : keys) {
            add(vertex, 0, cache.roots(CacheMap.record(CacheMap.ofSource(key), 0)));
        }
    }

    /**
     * A step is known by what its inputs are, and by what is read of them.
     *
     * @param contents the digest of what is read of an input, by the input's position, as far as it is known
     */
    void step(Vertex vertex, CacheMap map, Map<Integer, Digest> contents) {
        if (isEmpty()) {
            return;
        }
        List<Set<Link>> inputs = new ArrayList<>();
        for (int i = 0; i < vertex.inputs().size(); i++) {
            Edge input = vertex.inputs().get(i);
            Set<Link> links = new HashSet<>();
            for (int record : records(input.vertex(), input.output())) {
                links.add(new Link(record, map.inputs().get(i).selector()));
            }
            Optional.ofNullable(contents.get(i))
                    .map(content -> cache.roots(CacheMap.record(content, CONTENT)))
                    .ifPresent(roots -> roots.forEach(record -> links.add(new Link(record, Optional.empty()))));
            inputs.add(links);
        }
        for (int output = 0; output < outputs(vertex.op()); output++) {
            Digest digest = CacheMap.record(map.digest(), output);
            add(vertex, output, inputs.isEmpty() ? cache.roots(digest) : cache.find(digest, inputs));
        }
    }

    /** What the records of a step lead to: of each of its outputs, or of none. */
    Optional<List<Stored<Layers>>> results(Vertex vertex) {
        List<Stored<Layers>> results = new ArrayList<>();
        for (int output = 0; output < outputs(vertex.op()); output++) {
            cache.result(records(vertex, output)).ifPresent(results::add);
            if (results.size() == output) {
                return Optional.empty();
            }
        }
        return Optional.of(results);
    }

    private Set<Integer> records(Vertex vertex, int output) {
        List<Set<Integer>> known = records.getOrDefault(vertex.digest(), List.of());
        return output < known.size() ? known.get(output) : Set.of();
    }

    private void add(Vertex vertex, int output, Set<Integer> found) {
        List<Set<Integer>> known = records.computeIfAbsent(vertex.digest(), digest -> new ArrayList<>());
        while (known.size() <= output) {
            known.add(new TreeSet<>());
        }
        known.get(output).addAll(found);
    }

    private static int outputs(Op op) {
        if (op instanceof ExecOp exec) {
            return 1 + exec.mounts().stream().mapToInt(Mount::output).max().orElse(Op.NONE);
        }
        if (op instanceof FileOp file) {
            return 1
                    + file.actions().stream()
                            .mapToInt(action -> action.output())
                            .max()
                            .orElse(Op.NONE);
        }
        return 1;
    }
}
