package dev.slipway.local.sandbox.proot;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.text.Reason;
import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Errno;
import dev.slipway.local.launch.FailedCall;
import dev.slipway.local.launch.LaunchedProcess;
import dev.slipway.local.launch.Launcher;
import dev.slipway.local.launch.Linux;
import dev.slipway.local.launch.SystemCall;
import dev.slipway.local.supervision.SupervisedCall;
import dev.slipway.local.supervision.SupervisedCall.Answer;
import dev.slipway.local.supervision.SupervisedFile;
import dev.slipway.local.supervision.Supervisor;
import dev.slipway.oci.disk.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Finds out whether this program can answer system calls in the kernel's place, by doing it. */
final class SupervisionTrial {

    /** Nothing has these names, so that the kernel says no. */
    private static final String ANSWERED = "/proc/no such file";

    private static final String LEFT = "/proc/none either";

    private SupervisionTrial() {}

    /**
     * Why it cannot be done; empty if it can.
     *
     * @param scratch an existing folder of this user alone
     */
    static Optional<String> run(Launcher launcher, Path scratch) {
        try {
            Path folder = Files.createTempDirectory(scratch, "trial");
            Supervisor supervisor = Supervisor.in(folder, Set.of(SystemCall.FCHOWNAT), SupervisionTrial::answer);
            try {
                return run(launcher.start(program(launcher, folder)));
            } finally {
                supervisor.close();
                Folders.delete(folder);
            }
        } catch (IOException | ExecutorException e) {
            return Optional.of(Reason.of(e));
        } catch (LinkageError e) {
            return Optional.of("native functions cannot be called: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("a trial was interrupted");
        }
    }

    private static ChildProgram program(Launcher launcher, Path folder) {
        ChildProgram program = launcher.program();
        program.call("enter a folder", SystemCall.CHDIR, program.text(folder));
        program.call("give up new rights", SystemCall.PRCTL, Linux.PR_SET_NO_NEW_PRIVS, 1);
        int connection = Supervisor.connect(program);
        Supervisor.listen(program, connection, ProotFilter.supervising(Set.of(SystemCall.FCHOWNAT)));
        long answered = program.text(ANSWERED);
        long left = program.text(LEFT);
        int here = ChildProgram.WORKING_FOLDER;
        program.call("answer a system call", SystemCall.FCHOWNAT, here, answered, 0, 0, 0);
        program.callUnless(Errno.ENOENT, "leave a system call to the kernel", SystemCall.FCHOWNAT, here, left, 0, 0, 0);
        return program.call("end", SystemCall.EXIT_GROUP, 0);
    }

    private static Answer answer(SupervisedCall call) {
        Optional<SupervisedFile> file = call.named(1, true);
        if (file.isEmpty()) {
            return Answer.of(Errno.EPERM.number()); // The memory of the process cannot be read.
        }
        return file.get().startsWith(ANSWERED) ? Answer.DONE : Answer.LEFT;
    }

    private static Optional<String> run(LaunchedProcess process) throws IOException, InterruptedException {
        Optional<FailedCall> failed = process.failure(process.errors().readAllBytes());
        int exitCode = process.waitFor();
        return failed.map(FailedCall::message)
                .or(() -> exitCode == 0 ? Optional.empty() : Optional.of("a trial ended with " + exitCode));
    }
}
