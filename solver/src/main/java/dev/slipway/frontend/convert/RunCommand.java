package dev.slipway.frontend.convert;

import dev.slipway.executor.text.SlashPath;
import dev.slipway.frontend.graph.FileNode;
import dev.slipway.frontend.graph.Metadata;
import dev.slipway.frontend.graph.Root;
import dev.slipway.frontend.mount.ProcessDraft;
import dev.slipway.frontend.stage.StepContext;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileAction.MakeFile;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Op;
import dev.slipway.parser.text.Blanks;
import dev.slipway.parser.text.LosslessUtf8;
import dev.slipway.parser.tree.Heredoc;
import dev.slipway.parser.tree.Run;
import java.util.List;

/**
 * The command line of a RUN.
 *
 * @param arguments of the process, shell included
 * @param summary what progress shows after the text of the instruction
 */
record RunCommand(List<String> arguments, String summary) {

    private static final String SCRIPT_FOLDER = "/dev/pipes/";
    private static final int SCRIPT_MODE = 0755;

    /** The command line; a script that names its own interpreter is mounted as a file. */
    static RunCommand of(StepContext step, Run run, ProcessDraft process) {
        List<String> arguments = run.command().arguments();
        String summary = "";
        if (run.script().isPresent()) {
            Heredoc script = run.script().get();
            arguments = List.of(script(step, script, process));
            summary = " (" + summarize(script.content()) + ")";
        } else if (!run.heredocs().isEmpty()) {
            arguments = List.of(withHeredocs(arguments.get(0), run.heredocs()));
        }
        if (run.command().shellForm()) {
            arguments = step.image().withShell(arguments);
        }
        return new RunCommand(arguments, summary);
    }

    private static String script(StepContext step, Heredoc script, ProcessDraft process) {
        String body = script.body();
        if (step.image().isWindows() || !body.startsWith("#!")) {
            return body;
        }
        process.add(
                inlineFile(script.name(), SCRIPT_MODE, body),
                Mount.of(Op.NONE, "/", SCRIPT_FOLDER, Op.NONE, true, new Mount.Bind()));
        return SlashPath.join(SCRIPT_FOLDER, script.name());
    }

    /** A root with one file, whose content is in the Dockerfile. */
    static Root inlineFile(String path, int mode, String content) {
        MakeFile file = new MakeFile(
                SlashPath.join("/", path),
                mode,
                Bytes.of(LosslessUtf8.encode(content)),
                java.util.Optional.empty(),
                FileAction.NO_TIMESTAMP);
        Metadata metadata = Metadata.named("[internal] preparing inline document");
        return FileNode.of(Root.SCRATCH, List.of(new FileNode.Step(Root.SCRATCH, file)), metadata);
    }

    /** A shell that knows heredocs gets them as they were written. */
    private static String withHeredocs(String command, List<Heredoc> heredocs) {
        StringBuilder text = new StringBuilder(command);
        heredocs.forEach(heredoc -> text.append('\n').append(heredoc.content()).append(heredoc.name()));
        return text.toString();
    }

    private static String summarize(String content) {
        String text = Blanks.trim(content);
        int end = text.indexOf('\n');
        if (end < 0) {
            return text;
        }
        String first = text.substring(0, end);
        return (first.endsWith("\r") ? first.substring(0, end - 1) : first) + "...";
    }
}
