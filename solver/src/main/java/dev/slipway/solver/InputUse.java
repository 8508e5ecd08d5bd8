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
 * @param paths the paths in it that the op names, in the order of the op
 * @param selectors what is read, if the input is only read; empty if it is built upon
 */
record InputUse(List<String> paths, List<ContentSelector> selectors) {

    InputUse {
        paths = List.copyOf(paths);
        selectors = List.copyOf(selectors);
    }

    private static InputUse whole(List<String> paths) {
        return new InputUse(paths, List.of());
    }

    boolean onlyRead() {
        return !selectors.isEmpty();
    }

    /** How the vertex uses each of its inputs. */
    static List<InputUse> of(Vertex vertex) {
        List<InputUse> uses = new ArrayList<>();
        for (int position = 0; position < vertex.inputs().size(); position++) {
            uses.add(of(vertex.op(), position));
        }
        return uses;
    }

    private static InputUse of(Op op, int position) {
        if (op instanceof FileOp file) {
            return ofFile(file, position);
        }
        if (op instanceof ExecOp exec) {
            return ofExec(exec, position);
        }
        return whole(List.of());
    }

    private static InputUse ofFile(FileOp file, int position) {
        List<String> paths = new ArrayList<>();
        List<ContentSelector> selectors = new ArrayList<>();
        boolean onlyRead = true;
        for (FileAction action : file.actions()) {
            onlyRead &= action.input() != position;
            if (action.secondaryInput() == position) {
                if (action.command() instanceof FileAction.Copy copy) {
                    paths.add(copy.source());
                    selectors.add(selector(copy));
                } else {
                    onlyRead = false;
                }
            }
            OwnerLookup.inputs(action.command())
                    .filter(input -> input == position)
                    .forEach(input -> {
                        selectors.add(ContentSelector.of("/etc/passwd"));
                        selectors.add(ContentSelector.of("/etc/group"));
                    });
        }
        return onlyRead ? new InputUse(paths, selectors) : whole(paths);
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
        List<String> paths = new ArrayList<>();
        List<ContentSelector> selectors = new ArrayList<>();
        boolean onlyRead = true;
        for (Mount mount : exec.mounts()) {
            if (mount.input() == position) {
                String path = mount.selector().isEmpty() ? "/" : mount.selector();
                paths.add(path);
                selectors.add(ContentSelector.required(path));
                onlyRead &= countsByContent(mount, path);
            }
        }
        return onlyRead ? new InputUse(paths, selectors) : whole(paths);
    }

    /**
     * What is written to a cache stays, but is no part of what the step makes. A root could count by its content as well; it does
     * not unless that is asked for, because all of it would have to be read. Of an input that is written to and goes on, the
     * files beside the mounted ones go on too, so that it has to be the same input.
     */
    private static boolean countsByContent(Mount mount, String path) {
        boolean nothingElseGoesOn = mount.output() == Op.NONE || mount.readOnly() || path.equals("/");
        return switch (mount.contentCache()) {
            case DEFAULT -> nothingElseGoesOn && !mount.destination().equals("/");
            case ON -> nothingElseGoesOn;
            case OFF -> false;
        };
    }
}
