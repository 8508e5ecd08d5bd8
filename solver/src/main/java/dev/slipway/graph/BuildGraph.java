package dev.slipway.graph;

import dev.slipway.llb.Definition;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The union of the definitions of several platforms. A stage that is built on the build platform gives equal vertices for
 * each target, so it stands here once and serves them all.
 */
public final class BuildGraph {

    private final List<Step> steps;
    private final Map<Digest, Step> byDigest;
    private final Map<Platform, Optional<Edge>> results;

    private BuildGraph(List<Step> steps, Map<Platform, Optional<Edge>> results) {
        this.steps = List.copyOf(steps);
        this.results = Collections.unmodifiableMap(results);
        this.byDigest = new LinkedHashMap<>();
        steps.forEach(step -> byDigest.put(step.vertex().digest(), step));
    }

    /**
     * The graph of these definitions.
     *
     * @param definitions one for each platform, in the order in which they were asked for; the order of the map is kept
     */
    public static BuildGraph merge(Map<Platform, Definition> definitions) {
        Map<Digest, Vertex> vertices = new LinkedHashMap<>();
        Map<Digest, Set<Platform>> served = new LinkedHashMap<>();
        Map<Platform, Optional<Edge>> results = new LinkedHashMap<>();
        definitions.forEach((platform, definition) -> {
            for (Vertex vertex : definition.vertices()) {
                // The first platform names the step; only what decides how it runs is taken from the others.
                vertices.merge(vertex.digest(), vertex, BuildGraph::keepFirst);
                served.computeIfAbsent(vertex.digest(), digest -> new LinkedHashSet<>())
                        .add(platform);
            }
            results.put(platform, definition.result());
        });
        List<Step> steps = new ArrayList<>();
        vertices.forEach((digest, vertex) -> steps.add(new Step(vertex, served.get(digest))));
        return new BuildGraph(steps, results);
    }

    private static Vertex keepFirst(Vertex first, Vertex again) {
        return first.withMetadata(again.metadata().merge(first.metadata()));
    }

    /** Every vertex once, each after its inputs. */
    public List<Step> steps() {
        return steps;
    }

    /** The step of a vertex of this graph. */
    public Step step(Vertex vertex) {
        Step step = byDigest.get(vertex.digest());
        if (step == null) {
            throw new IllegalArgumentException("not a vertex of this graph: " + vertex);
        }
        return step;
    }

    /** The platforms that were asked for, in that order. */
    public Set<Platform> platforms() {
        return results.keySet();
    }

    /** The output that is a platform's image; none where the image has no files. */
    public Optional<Edge> result(Platform platform) {
        return results.get(platform);
    }

    /**
     * A vertex with the platforms that need it.
     *
     * @param vertex the vertex
     * @param platforms the target platforms whose images need it, in the order in which they were asked for
     */
    public record Step(Vertex vertex, Set<Platform> platforms) {

        public Step {
            platforms = Collections.unmodifiableSet(new LinkedHashSet<>(platforms));
        }
    }
}
