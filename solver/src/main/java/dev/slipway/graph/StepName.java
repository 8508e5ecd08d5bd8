package dev.slipway.graph;

import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import java.util.stream.Collectors;

/**
 * The name of a step: the one that the frontend gave it, else what it does, as in BuildKit. Credentials of URLs are hidden:
 * names are printed, reported and kept.
 */
public final class StepName {

    private StepName() {}

    /** The name of a vertex; its digest if it has no name. */
    public static String of(Vertex vertex) {
        return UrlCredentials.redact(vertex.metadata().name().orElseGet(() -> ofOp(vertex)));
    }

    private static String ofOp(Vertex vertex) {
        if (vertex.op() instanceof SourceOp source) {
            return source.identifier();
        }
        if (vertex.op() instanceof FileOp file) {
            return file.actions().stream()
                    .map(action -> ofCommand(action.command()))
                    .collect(Collectors.joining(", "));
        }
        return vertex.digest().toString();
    }

    private static String ofCommand(FileAction.Command command) {
        if (command instanceof FileAction.Copy copy) {
            return "copy " + copy.source() + " " + copy.destination();
        }
        if (command instanceof FileAction.MakeFile file) {
            return "mkfile " + file.path();
        }
        if (command instanceof FileAction.MakeDirectory directory) {
            return "mkdir " + directory.path();
        }
        if (command instanceof FileAction.Symlink link) {
            return "symlink " + link.target() + " " + link.path();
        }
        return "rm " + ((FileAction.Remove) command).path();
    }
}
