package dev.slipway.local.sandbox.choice;

import static dev.slipway.local.launch.SystemCall.EXIT_GROUP;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.text.Reason;
import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Errno;
import dev.slipway.local.launch.FailedCall;
import dev.slipway.local.launch.LaunchedProcess;
import dev.slipway.local.launch.Launcher;
import dev.slipway.local.launch.Linux;
import dev.slipway.local.sandbox.MountTrees;
import dev.slipway.local.sandbox.Namespaces;
import dev.slipway.local.sandbox.Overlay;
import dev.slipway.local.sandbox.RootFiles;
import dev.slipway.local.sandbox.SandboxMount;
import dev.slipway.local.sandbox.SshRelays;
import dev.slipway.local.sandbox.StagingFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds out whether a process can be given a root of its own here, by doing it. */
final class SandboxProbe {

    private SandboxProbe() {}

    /** Why it cannot be done; empty if it can. */
    static Optional<String> run(Launcher launcher, Path place) {
        ChildProgram program = launcher.program();
        Namespaces.enter(program, Linux.CLONE_NEWUTS | Linux.CLONE_NEWIPC | Linux.CLONE_NEWCGROUP);
        StagingFolder stage = new StagingFolder(program, place);
        Overlay layers = Overlay.readOnly(List.of(place, Path.of("/etc")), RootFiles.EMPTY);
        SandboxMount mount = new SandboxMount("/", new SandboxMount.Layers(layers, "/"), true);
        new MountTrees(program, stage, SshRelays.open(List.of()), true).of(mount);
        program.call("end", EXIT_GROUP, 0);
        return problem(launcher, program);
    }

    /** Why a program does not come to its end; empty if it does. */
    static Optional<String> problem(Launcher launcher, ChildProgram program) {
        try {
            LaunchedProcess process = launcher.start(program);
            Optional<FailedCall> failed = process.failure(process.errors().readAllBytes());
            int exitCode = process.waitFor();
            return failed.map(SandboxProbe::problem)
                    .or(() -> exitCode == 0 ? Optional.empty() : Optional.of("a trial ended with " + exitCode));
        } catch (IOException | ExecutorException e) {
            return Optional.of(Reason.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("a trial was interrupted");
        }
    }

    private static String problem(FailedCall call) {
        if (Errno.EPERM.is(call.error())) {
            return call.message() + "; this needs root's rights (CAP_SYS_ADMIN)";
        }
        return Errno.ENOSYS.is(call.error()) ? call.message() + "; this needs Linux 5.12" : call.message();
    }
}
