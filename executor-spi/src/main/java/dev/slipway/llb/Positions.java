package dev.slipway.llb;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Checks that the positions which an op counts by are those of inputs that it has, and that its outputs have no gaps. */
final class Positions {

    private final Op op;
    private final int inputs;

    private Positions(Op op, int inputs) {
        this.op = op;
        this.inputs = inputs;
    }

    /**
     * Checks an op and what it is done to.
     *
     * @throws IllegalArgumentException if it names an input that it does not have
     */
    static void check(Op op, List<Edge> inputs) {
        for (Edge input : inputs) {
            int outputs = new Positions(input.vertex().op(), 0).outputs();
            require(input.output() < outputs, "output " + input.output() + " of " + input.vertex(), outputs);
        }
        new Positions(op, inputs.size()).check();
    }

    private void check() {
        if (op instanceof ExecOp exec) {
            exec.mounts().forEach(mount -> input(mount.input(), "mount " + mount.destination()));
        } else if (op instanceof FileOp file) {
            IntStream.range(0, file.actions().size())
                    .forEach(position -> check(file.actions().get(position), position));
        } else if (op instanceof MergeOp merge) {
            merge.inputs().forEach(input -> input(input, "merge"));
        } else if (op instanceof DiffOp diff) {
            input(diff.lower(), "diff");
            input(diff.upper(), "diff");
        }
        outputs();
    }

    /** An action may go on with what earlier ones have made. */
    private void check(FileAction action, int position) {
        String what = "action " + position;
        within(action.input(), inputs + position, what);
        within(action.secondaryInput(), inputs + position, what);
        owner(action.command())
                .flatMap(owner -> Stream.concat(owner.user().stream(), owner.group().stream()))
                .forEach(reference -> {
                    if (reference instanceof FileAction.UserName name) {
                        input(name.input(), what);
                    }
                });
    }

    private static Stream<FileAction.Owner> owner(FileAction.Command command) {
        if (command instanceof FileAction.Copy copy) {
            return copy.owner().stream();
        }
        if (command instanceof FileAction.MakeFile file) {
            return file.owner().stream();
        }
        if (command instanceof FileAction.MakeDirectory directory) {
            return directory.owner().stream();
        }
        return command instanceof FileAction.Symlink link ? link.owner().stream() : Stream.of();
    }

    private void input(int position, String what) {
        within(position, inputs, what);
    }

    private static void within(int position, int count, String what) {
        require(position >= Op.NONE && position < count, "input " + position + " of " + what, count);
    }

    /** How many outputs there are. */
    private int outputs() {
        List<Integer> named;
        if (op instanceof ExecOp exec) {
            named = exec.mounts().stream().map(Mount::output).toList();
        } else if (op instanceof FileOp file) {
            named = file.actions().stream().map(FileAction::output).toList();
        } else {
            return 1;
        }
        List<Integer> outputs = named.stream()
                .filter(output -> output != Op.NONE)
                .distinct()
                .sorted()
                .toList();
        for (int i = 0; i < outputs.size(); i++) {
            require(outputs.get(i) == i, "output " + outputs.get(i), outputs.size());
        }
        return outputs.size();
    }

    private static void require(boolean isThere, String what, int count) {
        if (!isThere) {
            throw new IllegalArgumentException("there is no " + what + ": the positions are those of " + count);
        }
    }
}
