package dev.slipway.llb;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The order in which BuildKit's client visits the inputs of a vertex, which decides the order of a definition. It is the
 * order of the inputs but for file ops: there the base comes first and then the sources of the actions, the last action's
 * before the others.
 */
final class InputOrder {

    private InputOrder() {}

    static Deque<Vertex> of(Vertex vertex) {
        Deque<Vertex> order = new ArrayDeque<>();
        List<Edge> inputs = vertex.inputs();
        if (vertex.op() instanceof FileOp file) {
            Set<Integer> positions = new LinkedHashSet<>();
            positions.add(file.actions().get(0).input());
            for (int i = file.actions().size() - 1; i >= 0; i--) {
                positions.add(file.actions().get(i).secondaryInput());
            }
            for (int position : positions) {
                if (position >= 0 && position < inputs.size()) {
                    order.add(inputs.get(position).vertex());
                }
            }
        } else {
            inputs.forEach(edge -> order.add(edge.vertex()));
        }
        return order;
    }
}
