package dev.slipway.local.sandbox;

import dev.slipway.executor.ExecutorException;
import dev.slipway.llb.ProcessMeta;
import dev.slipway.local.launch.Errno;
import dev.slipway.local.launch.FailedCall;

/** Texts about a process for the user. */
public final class Messages {

    private Messages() {}

    /** {@code process "/bin/sh -c exit 3"}. */
    static String process(ProcessMeta process) {
        return "process " + quote(String.join(" ", process.arguments()));
    }

    /** The program of a process could not be executed. */
    public static ExecutorException notExecuted(SandboxRequest request, FailedCall call) {
        String reason;
        if (Errno.ENOEXEC.is(call.error())) {
            reason = call.description() + " is not a program for "
                    + request.platform().format()
                    + ", or a script without #!; build it for this platform, or call its interpreter";
        } else if (Errno.ENOENT.is(call.error())) {
            reason = "the image has no " + call.description() + ", or not the interpreter that it names"
                    + "; install it in an earlier step, or name another program, with SHELL if it is the shell";
        } else if (Errno.EACCES.is(call.error())) {
            reason = call.message() + "; make it executable, with RUN chmod or COPY --chmod, unless it is a folder";
        } else {
            reason = call.message();
        }
        return notStarted(request, reason);
    }

    /** A call failed that prepares a process. */
    public static ExecutorException notPrepared(SandboxRequest request, FailedCall call) {
        boolean refused = call.description().equals(StagingFolder.MOUNT_LAYERS) && Errno.EINVAL.is(call.error());
        String hint = refused
                ? "; the folders of the store must be on a file system that overlayfs can write to, such as ext4 or xfs, and"
                        + " not on another overlay"
                : "";
        return notStarted(request, "cannot " + call.message() + hint);
    }

    /** A process was not started. */
    public static ExecutorException notStarted(SandboxRequest request, String reason) {
        return new ExecutorException(process(request.process()) + " could not be started: " + reason);
    }

    /** A text in double quotes on one line, with the escapes that BuildKit's messages have. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(character -> {
            switch (character) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                case 0x07 -> quoted.append("\\a");
                case 0x0b -> quoted.append("\\v");
                default -> {
                    if (character < 0x20 || character == 0x7f) {
                        quoted.append(String.format("\\x%02x", character));
                    } else {
                        quoted.appendCodePoint(character);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
