package dev.slipway.local.sandbox;

import static dev.slipway.local.launch.ChildProgram.WORKING_FOLDER;
import static dev.slipway.local.launch.SystemCall.CAPSET;
import static dev.slipway.local.launch.SystemCall.CHDIR;
import static dev.slipway.local.launch.SystemCall.DUP3;
import static dev.slipway.local.launch.SystemCall.EXECVE;
import static dev.slipway.local.launch.SystemCall.EXIT_GROUP;
import static dev.slipway.local.launch.SystemCall.OPENAT;
import static dev.slipway.local.launch.SystemCall.PRCTL;
import static dev.slipway.local.launch.SystemCall.PRLIMIT64;
import static dev.slipway.local.launch.SystemCall.SECCOMP;
import static dev.slipway.local.launch.SystemCall.SETSID;
import static dev.slipway.local.launch.SystemCall.UMASK;
import static dev.slipway.local.launch.SystemCall.UNLINKAT;
import static dev.slipway.local.launch.SystemCall.WAIT4;
import static dev.slipway.local.launch.SystemCall.WRITE;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.StepMonitor;
import dev.slipway.llb.ExecOp.SecurityMode;
import dev.slipway.llb.ProcessMeta;
import dev.slipway.local.emulation.Emulators;
import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.FailedCall;
import dev.slipway.local.launch.Launcher;
import dev.slipway.local.launch.Linux;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sandbox for places where nothing may be mounted: {@code proot} traces the process and leads its paths into a plain folder.
 * It takes no rights at all, and time: each system call with a path stops the process twice.
 */
final class ProotSandbox implements Sandbox {

    private static final String LAUNCHER = "/dev/.launcher";
    private static final String STATUS = "/dev/.status";
    private static final long ANY_CHILD = -1;

    private final Launcher launcher;
    private final StepProcess steps;
    private final Path scratch;
    private final Emulators emulators;

    /** @param scratch an existing folder */
    ProotSandbox(Launcher launcher, Path scratch, Emulators emulators) {
        this.launcher = launcher;
        this.steps = new StepProcess(launcher);
        this.scratch = scratch;
        this.emulators = emulators;
    }

    @Override
    public String name() {
        return ProotProgram.NAME;
    }

    @Override
    public boolean needsOneFolder() {
        return true;
    }

    @Override
    public boolean startsEmulators() {
        return true;
    }

    @Override
    public List<String> limitations() {
        List<String> limits = new ArrayList<>(SandboxLimits.all());
        limits.add("a step sees the processes of this machine, and its host name");
        limits.add(
                "a step has no rights of its own: its user may change every file of the root, all of which seem to be his");
        limits.add("supplementary groups have no effect, and devices cannot be made");
        limits.add("to give files away has no effect: new files belong to the user of the step");
        limits.add("what is mounted read-only can be written to, and what is written to it is thrown away");
        limits.add("folders in memory are on the disk and may grow");
        return List.copyOf(limits);
    }

    @Override
    public FileOwners run(SandboxRequest request, StepMonitor monitor) throws InterruptedException {
        refuse(request);
        Optional<Path> emulator = emulators.program(request.platform());
        warn(request, monitor);
        ProcessUser user =
                new UserLookup(request.root().files()).find(request.process().user());
        MountStubs stubs = MountStubs.of(request);
        Set<Path> made;
        try (ProotStep step = new ProotStep(request, scratch);
                SshRelays sockets = SshRelays.open(step.mounts())) {
            step.prepare(sockets);
            made = step.made();
            launcher.copyTo(step.devices().resolve(name(LAUNCHER)));
            run(request, monitor, step, user, emulator);
        }
        request.root().upper().ifPresent(upper -> stubs.remove(upper.folder()));
        return new FileOwners() {
            @Override
            public Owner ofNewFiles() {
                return Owner.of(user);
            }

            @Override
            public Optional<Owner> given(Path file) {
                return made.contains(file) ? Optional.of(Owner.ROOT) : Optional.empty();
            }
        };
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** What would be dangerous, or wrong, to leave out without a word. */
    private void refuse(SandboxRequest request) {
        if (request.security() == SecurityMode.INSECURE) {
            throw Messages.notStarted(
                    request,
                    "security=insecure gives a step rights that the sandbox " + name()
                            + " does not have; run the build where another sandbox can be used");
        }
    }

    private void warn(SandboxRequest request, StepMonitor monitor) {
        SandboxLimits.warn(request, monitor);
        String hostname = request.process().hostname();
        if (!hostname.isEmpty()) {
            monitor.warn("the host name " + hostname + " has no effect in the sandbox " + name());
        }
    }

    private void run(
            SandboxRequest request, StepMonitor monitor, ProotStep step, ProcessUser user, Optional<Path> emulator)
            throws InterruptedException {
        ChildProgram inner = launcher.program();
        int prepared = inner(inner, request, user);
        ChildProgram outer = launcher.program();
        outer(outer, request, step, user, emulator, inner);
        int executed = outer.length() + prepared;
        try (TracedEnd end = new TracedEnd(step.devices().resolve(name(STATUS)))) {
            steps.run(outer, request, monitor, call -> message(request, call, outer.length(), executed), end);
        }
    }

    private static ExecutorException message(SandboxRequest request, FailedCall call, int outer, int executed) {
        return call.position() < executed ? Messages.notPrepared(request, call) : Messages.notExecuted(request, call);
    }

    /** The calls on the way to the tracer. If this JVM ends, the first child does, and the tracer kills all at its signal. */
    private void outer(
            ChildProgram program,
            SandboxRequest request,
            ProotStep step,
            ProcessUser user,
            Optional<Path> emulator,
            ChildProgram inner) {
        program.call("leave the terminal", SETSID);
        program.call("end with the parent", PRCTL, Linux.PR_SET_PDEATHSIG, Linux.SIGKILL);
        program.fork("start a process", 0);
        program.call("end with the parent", PRCTL, Linux.PR_SET_PDEATHSIG, Linux.SIGABRT);
        program.giveList(inner);
        program.call("set the file mode mask", UMASK, 0022);
        program.call("enter the folder of the step", CHDIR, program.text(step.folder()));
        program.call("drop ambient capabilities", PRCTL, Linux.PR_CAP_AMBIENT, Linux.PR_CAP_AMBIENT_CLEAR_ALL);
        long header = program.integers(Linux.CAPABILITY_VERSION_3, 0);
        program.call("drop all capabilities", CAPSET, header, program.integers(0, 0, 0, 0, 0, 0));
        program.call("give up new rights", PRCTL, Linux.PR_SET_NO_NEW_PRIVS, 1);
        filter(program, SeccompFilter.program());
        filter(program, ProotFilter.program(request.network()));
        program.closeAll();
        Path file = ProotProgram.find().orElseThrow(() -> new ExecutorException("proot is not installed"));
        program.call(
                "run " + file,
                EXECVE,
                program.text(file),
                program.texts(arguments(request, step, user, emulator, file)),
                program.texts(List.of(
                        "PATH=" + ProcessEnvironment.DEFAULT_PATH,
                        "PROOT_TMP_DIR=" + step.folder(),
                        // Its own filter would hide paths from the one that is there already.
                        "PROOT_NO_SECCOMP=1")));
    }

    private static void filter(ChildProgram program, byte[] filter) {
        if (filter.length > 0) {
            long words = program.words(filter.length / SeccompFilter.INSTRUCTION_SIZE, program.bytes(filter));
            program.call("filter system calls", SECCOMP, Linux.SECCOMP_SET_MODE_FILTER, 0, words);
        }
    }

    private static List<String> arguments(
            SandboxRequest request, ProotStep step, ProcessUser user, Optional<Path> emulator, Path file) {
        List<String> arguments = new ArrayList<>(List.of(file.toString(), "-v", "-1"));
        emulator.ifPresent(program -> arguments.addAll(List.of("-q", program.toString())));
        arguments.addAll(
                List.of("-i", Integer.toUnsignedString(user.uid()) + ":" + Integer.toUnsignedString(user.gid())));
        arguments.addAll(List.of("-r", step.tree().toString(), "-w", "/"));
        for (String binding : step.bindings()) {
            arguments.addAll(List.of("-b", binding));
        }
        arguments.add(LAUNCHER);
        return arguments;
    }

    /** The calls of the traced launcher: one child becomes the process, and its end is told. */
    private int inner(ChildProgram program, SandboxRequest request, ProcessUser user) {
        ProcessMeta process = request.process();
        String description = "open the pipe of the sandbox";
        long flags = Linux.O_WRONLY | Linux.O_CLOEXEC;
        int status = program.open(description, OPENAT, WORKING_FOLDER, program.text(STATUS), flags, 0);
        for (String path : List.of(LAUNCHER, STATUS)) {
            program.call("hide the sandbox", UNLINKAT, WORKING_FOLDER, program.text(path), 0);
        }
        int[] prepared = new int[1];
        program.aside("start the process", () -> {
            program.call("leave the terminal", SETSID);
            for (ProcessMeta.Ulimit limit : process.ulimits()) {
                long values = program.words(limit.soft(), limit.hard());
                program.call("limit " + limit.name(), PRLIMIT64, 0, ResourceLimits.number(limit), values, 0);
            }
            String empty = "open /dev/null";
            int input = program.open(empty, OPENAT, WORKING_FOLDER, program.text("/dev/null"), Linux.O_RDONLY, 0);
            program.call(empty, DUP3, input, 0, 0).close(input);
            String folder = process.workingDirectory().isEmpty() ? "/" : process.workingDirectory();
            program.call("enter the working folder " + folder, CHDIR, program.text(folder));
            prepared[0] = program.length();
            List<String> environment =
                    ProcessEnvironment.of(request, new UserLookup(request.root().files()).home(user.uid()));
            new ProcessSetup(program, request).execute(environment);
        });
        long word = program.words(0);
        program.call("wait for the process", WAIT4, ANY_CHILD, word, 0, 0);
        program.call("tell the end of the process", WRITE, status, word, Integer.BYTES);
        program.call("end", EXIT_GROUP, 0);
        return prepared[0];
    }
}
