package dev.slipway.solver.cache;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ContentSelector;
import dev.slipway.llb.Digest;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.Op;
import dev.slipway.llb.Vertex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a vertex uses of one of its inputs. An input that is only read counts by the content that is read, so that an input
 * which was made again with equal content changes nothing; one that is built upon counts as a whole.
 *
 * @param paths the paths in it that the op names, in the order of the op
 * @param selector the digest of paths that stands in a link by definition, if BuildKit has one there
 * @param content what counts by its content, as BuildKit has it: no path twice, and none below another. Empty if nothing does
 * @param builtUpon whether the input counts as a whole. BuildKit lets content count alone for some inputs of which more than that goes
 *     on; we do not
 */
public record InputUse(
        List<String> paths, Optional<Digest> selector, List<ContentSelector> content, boolean builtUpon) {

    public InputUse {
        paths = List.copyOf(requireNonNull(paths, "paths is null"));
        requireNonNull(selector, "selector is null");
        content = List.copyOf(requireNonNull(content, "content is null"));
    }

    static InputUse whole() {
        return new InputUse(List.of(), Optional.empty(), List.of(), true);
    }

    /** Whether the input counts by its content, whatever else. */
    public boolean byContent() {
        return !content.isEmpty();
    }

    /** Whether nothing but the content counts. */
    public boolean onlyRead() {
        return !builtUpon;
    }

    /** How the vertex uses each of its inputs. */
    public static List<InputUse> of(Vertex vertex) {
        List<InputUse> uses = new ArrayList<>();
        for (int position = 0; position < vertex.inputs().size(); position++) {
            uses.add(of(vertex.op(), position));
        }
        return uses;
    }

    private static InputUse of(Op op, int position) {
        if (op instanceof FileOp file) {
            return FileInput.of(file, position);
        }
        return op instanceof ExecOp exec ? MountedInput.of(exec, position) : whole();
    }
}
