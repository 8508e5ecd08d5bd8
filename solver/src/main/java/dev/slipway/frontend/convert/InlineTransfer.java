package dev.slipway.frontend.convert;

import dev.slipway.executor.text.SlashPath;
import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.graph.FileNode;
import dev.slipway.frontend.path.SystemPath;
import dev.slipway.frontend.stage.StepContext;
import dev.slipway.parser.tree.Transfer;

/** A file whose content is in the Dockerfile, as a source of COPY or ADD. */
final class InlineTransfer {

    private static final int MODE = 0644;

    private InlineTransfer() {}

    static FileNode.Step of(StepContext step, Transfer.InlineFile file, CopyTemplate template) {
        String path;
        try {
            path = SystemPath.withoutDrive(file.path(), step.os(), false);
        } catch (IllegalArgumentException e) {
            throw new FrontendException("removing drive letter: " + e.getMessage());
        }
        return new FileNode.Step(
                RunCommand.inlineFile(path, MODE, file.content()), template.exactly(SlashPath.join("/", path), false));
    }
}
