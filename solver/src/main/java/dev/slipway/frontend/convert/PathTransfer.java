package dev.slipway.frontend.convert;

import dev.slipway.executor.text.SlashPath;
import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.graph.FileNode;
import dev.slipway.frontend.path.SystemPath;
import dev.slipway.frontend.stage.StageBuild;
import dev.slipway.frontend.stage.StepContext;
import java.util.List;
import java.util.Optional;

/** A path of the context, a stage or an image as a source of COPY or ADD. */
final class PathTransfer {

    /** With {@code --parents}, the part of a path after this keeps its folders. */
    private static final String PIVOT = "/./";

    private PathTransfer() {}

    static FileNode.Step of(StepContext step, TransferRequest request, String source, CopyTemplate template) {
        String verb = request.remote().isPresent() ? "Add" : "Copy";
        if (request.fromContext()) {
            step.files().checkIgnored(step.checks(), step.statement(), verb, source);
        }
        // Only ADD unpacks archives, unless told not to.
        boolean unpack =
                request.remote().map(flags -> flags.unpack().orElse(true)).orElse(false);
        if (!request.parents()) {
            String path = SlashPath.clean(absolute(step, source));
            return new FileNode.Step(request.root(), template.matching(path, unpack, List.of(), List.of()));
        }
        int pivot = source.indexOf(PIVOT);
        String folder = pivot < 0 ? "/" : source.substring(0, pivot);
        String pattern = absolute(step, pivot < 0 ? source : source.substring(pivot + PIVOT.length()));
        List<String> required = hasWildcards(folder) || hasWildcards(pattern)
                ? List.of()
                : List.of(absolute(step, SlashPath.join(folder, pattern)));
        return new FileNode.Step(
                request.root(),
                template.matching(
                        SlashPath.clean(absolute(step, folder)), unpack, List.of(pattern.substring(1)), required));
    }

    private static String absolute(StepContext step, String path) {
        try {
            return SystemPath.normalize("/", path, step.os(), false);
        } catch (IllegalArgumentException e) {
            throw new FrontendException("removing drive letter: " + e.getMessage());
        }
    }

    private static boolean hasWildcards(String path) {
        for (int i = 0; i < path.length(); i++) {
            switch (path.charAt(i)) {
                case '*', '?', '[' -> {
                    return true;
                }
                case '\\' -> i++;
                default -> {}
            }
        }
        return false;
    }

    /** Remembers which paths of the root are read, so that no others have to be there. */
    static void wantAll(StepContext step, List<String> sources, Optional<StageBuild> from) {
        for (String source : sources) {
            if (from.isPresent()) {
                from.get().want(source);
            } else {
                step.files().want(source);
            }
        }
    }
}
