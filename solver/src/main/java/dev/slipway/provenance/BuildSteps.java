package dev.slipway.provenance;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Definition;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.Vertex;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The steps of a definition under the names {@code step0}, {@code step1}, ..., each after its inputs and with the terminal op last,
 * in the order in which BuildKit numbers them.
 */
final class BuildSteps {

    private final Map<Digest, Vertex> vertices = new LinkedHashMap<>();
    private final Map<Digest, Integer> numbers = new LinkedHashMap<>();
    private final Optional<Edge> result;
    private final Optional<Digest> head;

    private BuildSteps(Definition definition) {
        // Those of the definition have all of their metadata; inputs may have less.
        definition.vertices().forEach(vertex -> vertices.put(vertex.digest(), vertex));
        result = definition.result();
        head = definition.head();
        result.ifPresent(edge -> number(edge.vertex().digest()));
    }

    static BuildSteps of(Definition definition) {
        return new BuildSteps(definition);
    }

    /** Depth first, but without recursion, because a graph can be too deep for it. */
    private void number(Digest last) {
        Deque<Visit> path = new ArrayDeque<>();
        path.push(visit(last));
        while (!path.isEmpty()) {
            Visit visit = path.peek();
            if (visit.rest.hasNext()) {
                Digest next = visit.rest.next().vertex().digest();
                if (!numbers.containsKey(next)) {
                    path.push(visit(next));
                }
            } else {
                path.pop();
                numbers.putIfAbsent(visit.digest, numbers.size());
            }
        }
    }

    private record Visit(Digest digest, Iterator<Edge> rest) {}

    private Visit visit(Digest digest) {
        return new Visit(digest, vertex(digest).inputs().iterator());
    }

    private Vertex vertex(Digest digest) {
        return requireNonNull(vertices.get(digest));
    }

    /** The steps, each with its name, its op and the outputs that it uses. */
    List<Map<String, Object>> definition() {
        List<Map<String, Object>> steps = new ArrayList<>();
        numbers.forEach((digest, number) -> {
            Vertex vertex = vertex(digest);
            steps.add(step(number, StepOp.of(vertex), vertex.inputs()));
        });
        result.ifPresent(edge -> steps.add(step(steps.size(), StepOp.terminal(), List.of(edge))));
        return steps;
    }

    private Map<String, Object> step(int number, Map<String, Object> op, List<Edge> inputs) {
        return new GoMembers()
                .with("id", "step" + number)
                .with("op", op)
                .list("inputs", inputs.stream().map(this::name).toList())
                .toMap();
    }

    /** The name of each step by its digest, that of the terminal op included. */
    Map<String, Object> digests() {
        Map<String, Object> names = new TreeMap<>();
        numbers.forEach((digest, number) -> names.put(digest.toString(), "step" + number));
        head.ifPresent(digest -> names.put(digest.toString(), "step" + numbers.size()));
        return names;
    }

    /** The name of an output, such as {@code step3:0}. */
    String name(Edge edge) {
        return name(edge.vertex()) + ":" + edge.output();
    }

    private String name(Vertex vertex) {
        return "step" + numbers.get(vertex.digest());
    }

    /** The lines of the Dockerfile that each step comes from. */
    Map<String, Object> locations() {
        Map<String, Object> locations = new TreeMap<>();
        numbers.forEach((digest, number) -> locations.put(
                "step" + number, SourceMap.locations(vertex(digest).metadata().locations())));
        return locations;
    }
}
