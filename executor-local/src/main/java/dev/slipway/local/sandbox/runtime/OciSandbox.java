package dev.slipway.local.sandbox.runtime;

import static dev.slipway.local.launch.ChildProgram.WORKING_FOLDER;
import static dev.slipway.local.launch.SystemCall.DUP3;
import static dev.slipway.local.launch.SystemCall.EXECVE;
import static dev.slipway.local.launch.SystemCall.MOUNT;
import static dev.slipway.local.launch.SystemCall.OPENAT;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.local.emulation.Emulation;
import dev.slipway.local.emulation.Emulators;
import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Launcher;
import dev.slipway.local.launch.Linux;
import dev.slipway.local.sandbox.BuiltInSandbox;
import dev.slipway.local.sandbox.FileOwners;
import dev.slipway.local.sandbox.KernelFiles;
import dev.slipway.local.sandbox.Messages;
import dev.slipway.local.sandbox.MountList;
import dev.slipway.local.sandbox.MountStubs;
import dev.slipway.local.sandbox.MountTrees;
import dev.slipway.local.sandbox.MountedFiles;
import dev.slipway.local.sandbox.Namespaces;
import dev.slipway.local.sandbox.ProcessEnvironment;
import dev.slipway.local.sandbox.ProcessUser;
import dev.slipway.local.sandbox.RootFiles;
import dev.slipway.local.sandbox.RootPath;
import dev.slipway.local.sandbox.Sandbox;
import dev.slipway.local.sandbox.SandboxLimits;
import dev.slipway.local.sandbox.SandboxMount;
import dev.slipway.local.sandbox.SandboxRequest;
import dev.slipway.local.sandbox.ScopedFolder;
import dev.slipway.local.sandbox.SshRelays;
import dev.slipway.local.sandbox.StagingFolder;
import dev.slipway.local.sandbox.StepProcess;
import dev.slipway.local.sandbox.UserLookup;
import dev.slipway.local.sandbox.confine.MountAttributes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sandbox made by an OCI runtime. The runtime itself runs in namespaces of its own, where the layers are mounted and its
 * configuration and state are kept in memory.
 */
public final class OciSandbox implements Sandbox {

    private static final String CONTAINER = "step";

    private final OciRuntime runtime;
    private final Launcher launcher;
    private final StepProcess steps;
    private final Path place;
    private final Emulators emulators;
    private final boolean restrictsDevices;

    /**
     * @param place an empty folder, over which each child mounts its own
     * @param restrictsDevices whether there can be a rule about devices
     */
    OciSandbox(OciRuntime runtime, Launcher launcher, Path place, Emulators emulators, boolean restrictsDevices) {
        this.runtime = runtime;
        this.launcher = launcher;
        this.steps = new StepProcess(launcher);
        this.place = place;
        this.emulators = emulators;
        this.restrictsDevices = restrictsDevices;
    }

    /**
     * Those of the runtimes that Slipway knows how to use, whether they are installed or not, the preferred one first.
     *
     * @param place an empty folder, over which each child mounts its own
     * @param restrictsDevices whether there can be a rule about devices
     */
    public static List<OciSandbox> all(Launcher launcher, Path place, Emulators emulators, boolean restrictsDevices) {
        return OciRuntime.all().stream()
                .map(runtime -> new OciSandbox(runtime, launcher, place, emulators, restrictsDevices))
                .toList();
    }

    /** The names of all of them. */
    public static List<String> names() {
        return OciRuntime.all().stream().map(OciRuntime::name).toList();
    }

    /** Whether this machine has the runtime. */
    public boolean isInstalled() {
        return runtime.program().isPresent();
    }

    /**
     * Why the runtime, which is installed, must not be used; empty if it may be. It is tried, unless it is known to have stood the
     * trial.
     *
     * @param scratch an existing folder for what a running step needs
     * @param machine an existing folder that keeps what is found out about this machine
     */
    public Optional<String> problem(Path scratch, Path machine) {
        RuntimeMemory memory = new RuntimeMemory(machine);
        if (memory.knows(runtime, restrictsDevices)) {
            return Optional.empty();
        }
        Optional<String> problem = RuntimeTrial.run(this, scratch);
        if (problem.isEmpty()) {
            memory.remember(runtime, restrictsDevices);
        }
        return problem.map(text -> runtime.program().orElseThrow() + ": " + text + "; install another version of it, or"
                + (restrictsDevices ? "" : " build where root may make control groups for devices, or")
                + " use the sandbox " + BuiltInSandbox.NAME);
    }

    @Override
    public String name() {
        return runtime.name();
    }

    @Override
    public boolean restrictsDevices() {
        return restrictsDevices;
    }

    @Override
    public List<String> limitations() {
        return SandboxLimits.all();
    }

    @Override
    public FileOwners run(SandboxRequest request, StepMonitor monitor) throws InterruptedException {
        Emulation emulation = emulators.require(request.platform());
        if (emulation.privateHandler().isPresent()) {
            throw new ExecutorException(request.platform().format() + " cannot run in the sandbox " + name()
                    + ": no emulator is registered for it with binfmt_misc; register one, or use the sandbox "
                    + BuiltInSandbox.NAME);
        }
        MountStubs stubs = MountStubs.of(request);
        try (OciLog log = OciLog.create();
                SshRelays sockets = SshRelays.open(request.mounts())) {
            ChildProgram program = prepare(request, sockets);
            execute(program, log.file());
            try {
                steps.run(program, request, monitor, call -> Messages.notPrepared(request, call));
            } finally {
                log.check(request);
            }
        }
        request.root().upper().ifPresent(upper -> stubs.remove(upper.folder()));
        return FileOwners.REAL;
    }

    private ChildProgram prepare(SandboxRequest request, SshRelays sockets) {
        ChildProgram program = launcher.program();
        request.provisions().enterGroups(program);
        Namespaces.enter(program, MountList.UNIFIED_CGROUPS ? 0 : Linux.CLONE_NEWCGROUP);
        showItself(program);
        StagingFolder stage = new StagingFolder(program, place);
        UserLookup users = new UserLookup(request.root().files());
        ProcessUser user = users.find(request.process().user())
                .with(request.provisions().devices().groups());
        String root = stage.mountRoot(request.root());
        ScopedFolder folder = new ScopedFolder(program, stage.open(root));
        for (String path : request.workingFolders()) {
            folder.makeFolders(RootPath.resolve(request.root().files(), path), user);
        }

        MountTrees trees = new MountTrees(program, stage, sockets, request.isConfined());
        MountedFiles files = new MountedFiles(request.root().files());
        List<OciConfig.MountPoint> mounts = new ArrayList<>();
        for (SandboxMount mount : MountList.of(request)) {
            String destination = RootPath.resolve(files, mount.destination()).path();
            Optional<KernelFiles> kernel = KernelFiles.of(mount, request.isConfined());
            if (kernel.isPresent()) {
                mounts.add(OciConfig.MountPoint.of(kernel.get(), destination));
                files.mount(destination, RootFiles.EMPTY);
            } else {
                MountTrees.Tree tree = trees.of(mount);
                mounts.add(OciConfig.MountPoint.of(
                        trees.attributes(mount), destination, place + "/" + stage.attach(tree, trees)));
                files.mount(destination, tree.files());
            }
        }
        List<String> environment = ProcessEnvironment.of(request, users.home(user.uid()));
        byte[] config = new OciConfig(request).write(place + "/" + root, mounts, user, environment);
        stage.makeFile("config.json", new SandboxMount.Secret(config, 0, 0, 0600));
        return program;
    }

    /**
     * A runtime wants to find itself under {@code /proc}, and control groups of one kind, which it then leaves alone since it may
     * not write to them.
     */
    private static void showItself(ChildProgram program) {
        long proc = program.text("proc");
        program.call("mount /proc", MOUNT, proc, program.text("/proc"), proc, 0, 0);
        if (MountList.UNIFIED_CGROUPS) {
            // The same cannot be mounted over itself.
            MountAttributes.protect(program, "/sys/fs/cgroup");
        } else {
            long place = program.text("/sys/fs/cgroup");
            long groups = program.text("cgroup2");
            program.call("mount /sys/fs/cgroup", MOUNT, groups, place, groups, Linux.MS_RDONLY, 0);
        }
    }

    private void execute(ChildProgram program, Path log) {
        String description = "open /dev/null";
        long path = program.text("/dev/null");
        int input = program.open(description, OPENAT, WORKING_FOLDER, path, Linux.O_RDONLY, 0);
        program.call(description, DUP3, input, 0, 0).closeAll();

        Path file = runtime.program().orElseThrow(() -> new ExecutorException(runtime.name() + " is not installed"));
        List<String> arguments = new ArrayList<>(List.of(file.toString()));
        arguments.addAll(runtime.options());
        arguments.addAll(List.of("--root", place + "/state", "--log", log.toString(), "--log-format", "json"));
        arguments.addAll(List.of("run", "--bundle", place.toString(), CONTAINER));
        program.call(
                "run " + file,
                EXECVE,
                program.text(file),
                program.texts(arguments),
                program.texts(List.of("PATH=" + ProcessEnvironment.DEFAULT_PATH)));
    }
}
