package dev.slipway.solver.cache;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.RemoteLayer;
import dev.slipway.llb.Digest;
import dev.slipway.oci.cache.CacheGraph;
import dev.slipway.oci.cache.CacheGraph.Entry;
import dev.slipway.oci.cache.CacheGraph.Link;
import dev.slipway.oci.cache.CacheGraph.Stored;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The records of caches that a build may use, and how they are found: from those of the inputs of a step to those of the step. */
public final class ImportedCache {

    /** A cache without records. */
    public static final ImportedCache EMPTY = new ImportedCache(CacheGraph.empty());

    private final CacheGraph<Layers> graph;
    private final Set<Digest> lost;
    private final Map<Digest, Set<Integer>> roots = new HashMap<>();
    private final Map<Use, Set<Integer>> users = new HashMap<>();

    /** The records of a graph. */
    public ImportedCache(CacheGraph<Layers> graph) {
        this(graph, Set.of());
    }

    private ImportedCache(CacheGraph<Layers> graph, Set<Digest> lost) {
        this.graph = graph;
        this.lost = lost;
        List<Entry<Layers>> entries = graph.entries();
        for (int position = 0; position < entries.size(); position++) {
            Entry<Layers> entry = entries.get(position);
            if (entry.inputs().isEmpty()) {
                roots.computeIfAbsent(entry.digest(), digest -> new TreeSet<>()).add(position);
            }
            for (int input = 0; input < entry.inputs().size(); input++) {
                for (Link link : entry.inputs().get(input)) {
                    users.computeIfAbsent(new Use(entry.digest(), input, link), use -> new TreeSet<>())
                            .add(position);
                }
            }
        }
    }

    /**
     * What an imported record leads to.
     *
     * @param from the cache that it is from, for people
     * @param layers of the result, lowest first
     */
    public record Layers(String from, List<RemoteLayer> layers) {

        public Layers {
            requireNonNull(from, "from is null");
            layers = List.copyOf(requireNonNull(layers, "layers is null"));
        }
    }

    private record Use(Digest digest, int input, Link link) {}

    /** The same records, without the results of which this blob is a layer. */
    public ImportedCache without(Digest blob) {
        Set<Digest> all = new HashSet<>(lost);
        all.add(blob);
        return new ImportedCache(graph, all);
    }

    /** Whether there is nothing to be found. */
    public boolean isEmpty() {
        return graph.entries().isEmpty();
    }

    /** All records. */
    public CacheGraph<Layers> graph() {
        return graph;
    }

    /** The records with this digest of what has no inputs: of a source, or of content that is read. */
    public Set<Integer> roots(Digest digest) {
        return roots.getOrDefault(digest, Set.of());
    }

    /**
     * The records of an output of a step.
     *
     * @param digest of the step and its output
     * @param inputs for each input of the step, the records that it can be, with what selects a part of it
     */
    public Set<Integer> find(Digest digest, List<Set<Link>> inputs) {
        Set<Integer> found = null;
        for (int input = 0; input < inputs.size(); input++) {
            Set<Integer> reached = new TreeSet<>();
            for (Link link : inputs.get(input)) {
                reached.addAll(users.getOrDefault(new Use(digest, input, link), Set.of()));
            }
            if (found == null) {
                found = reached;
            } else {
                found.retainAll(reached);
            }
            if (found.isEmpty()) {
                return found;
            }
        }
        return found == null ? Set.of() : found;
    }

    /** The newest result of these records, if any has one. */
    public Optional<Stored<Layers>> result(Set<Integer> records) {
        return records.stream()
                .flatMap(record -> graph.entries().get(record).result().stream())
                .filter(this::isWhole)
                .max(Comparator.comparing(Stored::createdAt));
    }

    private boolean isWhole(Stored<Layers> result) {
        return result.value().layers().stream()
                .noneMatch(layer -> lost.contains(layer.blob().digest()));
    }
}
