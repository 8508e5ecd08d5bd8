package dev.slipway.solver;

import dev.slipway.executor.ContentSelector;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Op;
import dev.slipway.llb.Vertex;
import java.util.ArrayList;
import java.util.List;

/**
 * What a vertex uses of one of its inputs. An input that is only read counts by the content that is read, so that an input
 * which was made again with equal content changes nothing; one that is built upon counts as a whole.
 *
 * @param selectors what is read, if the input is only read; empty if it is built upon
 */
record InputUse(List<ContentSelector> selectors) {

    private static final InputUse WHOLE = new InputUse(List.of());

    InputUse {
        selectors = List.copyOf(selectors);
    }

    boolean onlyRead() {
        return !selectors.isEmpty();
    }

    /** How the vertex uses each of its inputs. */
    static List<InputUse> of(Vertex vertex) {
        List<InputUse> uses = new ArrayList<>();
        for (int position = 0; position < vertex.inputs().size(); position++) {
            uses.add(of(vertex.op(), position, vertex.inputs().size()));
        }
        return uses;
    }

    private static InputUse of(Op op, int position, int inputs) {
        if (op instanceof FileOp file) {
            return ofFile(file, position, inputs);
        }
        if (op instanceof ExecOp exec) {
            return ofExec(exec, position);
        }
        return WHOLE;
    }

    private static InputUse ofFile(FileOp file, int position, int inputs) {
        List<ContentSelector> selectors = new ArrayList<>();
        for (FileAction action : file.actions()) {
            if (action.input() == position) {
                return WHOLE;
            }
            if (action.secondaryInput() == position) {
                if (!(action.command() instanceof FileAction.Copy copy)) {
                    return WHOLE;
                }
                selectors.add(selector(copy));
            }
            OwnerLookup.inputs(action.command())
                    .filter(input -> input == position)
                    .forEach(input -> {
                        selectors.add(ContentSelector.of("/etc/passwd"));
                        selectors.add(ContentSelector.of("/etc/group"));
                    });
        }
        return new InputUse(selectors);
    }

    private static ContentSelector selector(FileAction.Copy copy) {
        boolean wildcard = copy.allowWildcard() && copy.source().chars().anyMatch(c -> "*?[\\".indexOf(c) >= 0);
        return new ContentSelector(
                copy.source(),
                wildcard,
                copy.followSymlink(),
                copy.includePatterns(),
                copy.excludePatterns(),
                !wildcard,
                copy.requiredPaths());
    }

    private static InputUse ofExec(ExecOp exec, int position) {
        List<ContentSelector> selectors = new ArrayList<>();
        for (Mount mount : exec.mounts()) {
            if (mount.input() != position) {
                continue;
            }
            boolean discarded = mount.readOnly() || mount.output() == Op.NONE;
            // What is written to a cache folder stays, so its seed counts as a whole.
            if (mount.destination().equals("/") || !discarded || !(mount.kind() instanceof Mount.Bind)) {
                return WHOLE;
            }
            selectors.add(ContentSelector.required(mount.selector().isEmpty() ? "/" : mount.selector()));
        }
        return new InputUse(selectors);
    }
}
