package dev.slipway.frontend.convert;

import dev.slipway.executor.text.SlashPath;
import dev.slipway.frontend.check.RelativeWorkdirCheck;
import dev.slipway.frontend.graph.FileNode;
import dev.slipway.frontend.graph.Root;
import dev.slipway.frontend.path.SystemPath;
import dev.slipway.frontend.stage.StepContext;
import dev.slipway.llb.FileAction.MakeDirectory;
import dev.slipway.llb.FileAction.Owner;
import dev.slipway.parser.tree.Workdir;
import java.util.List;
import java.util.Optional;

/** {@code WORKDIR}: where every later process starts. The folder is created if it does not exist. */
final class WorkdirConverter {

    private static final int MODE = 0755;

    /**
     * A relative path is short, but each one lengthens a folder that appears many times in the graph, in names and in the
     * history.
     */
    private static final int COST_OF_CHARACTER = 64;

    private WorkdirConverter() {}

    static void convert(StepContext step, Workdir workdir) {
        String written = step.expand(workdir.path());
        if (!step.markWorkdir()) {
            RelativeWorkdirCheck.run(step.checks(), step.statement(), written, step.os());
        }
        String directory = SystemPath.workingDirectory(step.image().workingDirectory(), written, step.os());
        step.image().workingDirectory(directory);
        String slashed = SystemPath.toSlash(directory, step.os());
        step.words().grow((long) COST_OF_CHARACTER * slashed.length());
        step.state().directory(slashed);
        boolean isRoot = slashed.equals("/");
        if (!isRoot) {
            makeFolder(step, slashed);
        }
        step.commit("WORKDIR " + slashed, !isRoot);
    }

    private static void makeFolder(StepContext step, String path) {
        Root base = step.state().root();
        String user = step.image().user();
        Optional<Owner> owner =
                user.isEmpty() ? Optional.empty() : Optional.of(Owners.parse(user, FileNode.userInput(base)));
        MakeDirectory command = new MakeDirectory(SlashPath.clean(path), MODE, true, owner, step.timestamp());
        String name =
                step.nextPrefix(Optional.of(step.platform())) + step.words().shownText();
        step.state().root(FileNode.of(base, List.of(new FileNode.Step(Root.SCRATCH, command)), step.metadata(name)));
    }
}
