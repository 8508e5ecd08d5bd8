package dev.slipway.graph;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import com.google.common.graph.ElementOrder;
import com.google.common.graph.GraphBuilder;
import com.google.common.graph.ImmutableGraph;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The union of the definitions of several platforms. A stage that is built on the build platform has equal vertices for each
 * target, so it appears here once and serves them all.
 */
public final class BuildGraph {

    private final ImmutableMap<Digest, Step> steps;
    private final ImmutableMap<Platform, Definition> definitions;

    /** An edge leads from an input to the vertex that uses it. Built on first use: a build that succeeds does not need it. */
    private volatile @Nullable ImmutableGraph<Digest> uses;

    private BuildGraph(ImmutableMap<Digest, Step> steps, ImmutableMap<Platform, Definition> definitions) {
        this.steps = steps;
        this.definitions = definitions;
    }

    private ImmutableGraph<Digest> uses() {
        ImmutableGraph<Digest> made = uses;
        if (made == null) {
            made = uses(steps.values());
            uses = made;
        }
        return made;
    }

    private static ImmutableGraph<Digest> uses(Collection<Step> steps) {
        ImmutableGraph.Builder<Digest> graph = GraphBuilder.directed()
                .nodeOrder(ElementOrder.insertion())
                .incidentEdgeOrder(ElementOrder.stable())
                .immutable();
        for (Step step : steps) {
            graph.addNode(step.vertex().digest());
            for (Edge input : step.vertex().inputs()) {
                graph.putEdge(input.vertex().digest(), step.vertex().digest());
            }
        }
        return graph.build();
    }

    /**
     * The graph of these definitions.
     *
     * @param definitions one for each platform, in the order in which they were asked for; the order of the map is kept
     */
    public static BuildGraph merge(Map<Platform, Definition> definitions) {
        Map<Digest, Vertex> vertices = new LinkedHashMap<>();
        SetMultimap<Digest, Platform> served = LinkedHashMultimap.create();
        definitions.forEach((platform, definition) -> {
            for (Vertex vertex : definition.vertices()) {
                // The first platform names the step; only what decides how it runs is taken from the others.
                vertices.merge(vertex.digest(), vertex, BuildGraph::keepFirst);
                served.put(vertex.digest(), platform);
            }
        });
        ImmutableMap.Builder<Digest, Step> steps = ImmutableMap.builderWithExpectedSize(vertices.size());
        vertices.forEach((digest, vertex) -> steps.put(digest, new Step(vertex, served.get(digest))));
        return new BuildGraph(steps.buildOrThrow(), ImmutableMap.copyOf(definitions));
    }

    private static Vertex keepFirst(Vertex first, Vertex again) {
        return first.withMetadata(again.metadata().merge(first.metadata()));
    }

    /** Every vertex once, each after its inputs. */
    public List<Step> steps() {
        return steps.values().asList();
    }

    /** The step of a vertex of this graph. */
    public Step step(Vertex vertex) {
        Step step = steps.get(vertex.digest());
        if (step == null) {
            throw new IllegalArgumentException("not a vertex of this graph: " + vertex);
        }
        return step;
    }

    /** The steps whose outputs a vertex uses, each once, in the order of its inputs. */
    public List<Step> inputs(Vertex vertex) {
        return steps(uses().predecessors(vertex.digest()));
    }

    /** The steps that use an output of a vertex, each once, in the order of the graph. */
    public List<Step> users(Vertex vertex) {
        return steps(uses().successors(vertex.digest()));
    }

    private List<Step> steps(Set<Digest> digests) {
        return digests.stream().map(steps::get).collect(ImmutableList.toImmutableList());
    }

    /** The platforms that were asked for, in that order. */
    public Set<Platform> platforms() {
        return definitions.keySet();
    }

    /**
     * The edge to build for a platform.
     *
     * @param platform one that was asked for
     */
    public Definition definition(Platform platform) {
        return requireNonNull(definitions.get(platform), "the platform was not asked for");
    }

    /** The output that is a platform's image; none if the image has no files. */
    public Optional<Edge> result(Platform platform) {
        return definition(platform).result();
    }

    /**
     * A vertex with the platforms that need it.
     *
     * @param vertex the vertex
     * @param platforms the target platforms whose images need it, in the order in which they were asked for
     */
    public record Step(Vertex vertex, Set<Platform> platforms) {

        public Step {
            platforms = ImmutableSet.copyOf(platforms);
        }
    }
}
