package dev.slipway.solver;

import dev.slipway.llb.DiffOp;
import dev.slipway.llb.Edge;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.MergeOp;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Op;
import dev.slipway.llb.SourceOp;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The results whose layers are layers of an image. */
final class ImageChain {

    private ImageChain() {}

    /** The results that these are made upon, layer by layer, themselves among them. */
    static Set<Edge> of(Collection<Edge> targets) {
        Set<Edge> chain = new HashSet<>();
        Deque<Edge> next = new ArrayDeque<>(targets);
        while (!next.isEmpty()) {
            Edge edge = next.pop();
            if (chain.add(edge)) {
                List<Edge> inputs = edge.vertex().inputs();
                edge.vertex()
                        .op()
                        .accept(new Below(edge))
                        .filter(input -> input != Op.NONE)
                        .forEach(input -> next.push(inputs.get(input)));
            }
        }
        return chain;
    }

    /** The positions of the inputs that an output is made upon. */
    private record Below(Edge edge) implements Op.Visitor<Stream<Integer>> {

        @Override
        public Stream<Integer> visitSource(SourceOp op) {
            return Stream.empty();
        }

        @Override
        public Stream<Integer> visitExec(ExecOp op) {
            return op.mounts().stream()
                    .filter(mount -> mount.output() == edge.output())
                    .map(Mount::input);
        }

        @Override
        public Stream<Integer> visitFile(FileOp op) {
            return op.actions().stream()
                    .filter(action -> action.output() == edge.output())
                    .map(action -> root(op.actions(), action));
        }

        /** The input that an action changes, or the actions before it have changed. */
        private int root(List<FileAction> actions, FileAction last) {
            int inputs = edge.vertex().inputs().size();
            int input = last.input();
            while (input >= inputs) {
                input = actions.get(input - inputs).input();
            }
            return input;
        }

        @Override
        public Stream<Integer> visitMerge(MergeOp op) {
            return op.inputs().stream();
        }

        @Override
        public Stream<Integer> visitDiff(DiffOp op) {
            return Stream.empty();
        }
    }
}
