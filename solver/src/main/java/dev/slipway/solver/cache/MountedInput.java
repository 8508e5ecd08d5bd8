package dev.slipway.solver.cache;

import dev.slipway.executor.ContentSelector;
import dev.slipway.executor.text.SlashPath;
import dev.slipway.llb.Digest;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a process uses one of its inputs. */
final class MountedInput {

    private MountedInput() {}

    static InputUse of(ExecOp exec, int position) {
        List<String> paths = new ArrayList<>();
        boolean byContent = false;
        boolean builtUpon = false;
        for (Mount mount : exec.mounts()) {
            if (mount.input() == position) {
                String path = SlashPath.clean("/" + mount.selector());
                paths.add(path);
                // Of several mounts of one input, BuildKit goes by the last.
                byContent = countsByContent(mount, path);
                builtUpon |= !byContent;
            }
        }
        if (paths.isEmpty()) {
            return InputUse.whole();
        }
        Digest selector = Digest.sha256(String.join("\0", paths));
        return new InputUse(paths, Optional.of(selector), byContent ? content(paths) : List.of(), builtUpon);
    }

    private static List<ContentSelector> content(List<String> paths) {
        return paths.contains("/")
                ? List.of(ContentSelector.required("/"))
                : Selectors.outermost(paths).stream()
                        .map(ContentSelector::required)
                        .toList();
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
