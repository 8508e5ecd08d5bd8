package dev.slipway.local.sandbox;

import static dev.slipway.local.launch.ChildProgram.WORKING_FOLDER;
import static dev.slipway.local.launch.SystemCall.DUP3;
import static dev.slipway.local.launch.SystemCall.EXECVE;
import static dev.slipway.local.launch.SystemCall.MOUNT;
import static dev.slipway.local.launch.SystemCall.MOUNT_SETATTR;
import static dev.slipway.local.launch.SystemCall.OPENAT;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.local.emulation.Emulation;
import dev.slipway.local.emulation.Emulators;
import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Launcher;
import dev.slipway.local.launch.Linux;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sandbox made by an OCI runtime. The runtime itself runs in namespaces of its own, where the layers are mounted and its
 * configuration and state are kept in memory.
 */
final class OciSandbox implements Sandbox {

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

    /** What is run. */
    OciRuntime runtime() {
        return runtime;
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
        Stage stage = new Stage(program, place);
        UserLookup users = new UserLookup(request.root().files());
        ProcessUser user = users.find(request.process().user())
                .with(request.provisions().devices().groups());
        String root = stage.mountRoot(request.root());
        ScopedFolder folder = new ScopedFolder(program, stage.open(root));
        for (String path : request.workingFolders()) {
            folder.makeFolders(RootPath.resolve(request.root().files(), path), user);
        }

        Trees trees = new Trees(program, stage, sockets, request.isConfined());
        MountedFiles files = new MountedFiles(request.root().files());
        List<OciConfig.MountPoint> mounts = new ArrayList<>();
        for (SandboxMount mount : MountList.of(request)) {
            String destination = RootPath.resolve(files, mount.destination()).path();
            Optional<KernelFiles> kernel = KernelFiles.of(mount, request.isConfined());
            if (kernel.isPresent()) {
                mounts.add(OciConfig.MountPoint.of(kernel.get(), destination));
                files.mount(destination, RootFiles.EMPTY);
            } else {
                Trees.Tree tree = trees.of(mount);
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
        long groups = program.text("cgroup2");
        long place = program.text("/sys/fs/cgroup");
        if (MountList.UNIFIED_CGROUPS) {
            // The same cannot be mounted over itself.
            long readOnly = program.words(Linux.MOUNT_ATTR_RDONLY, 0, 0, 0);
            int here = ChildProgram.WORKING_FOLDER;
            program.call("protect /sys/fs/cgroup", MOUNT_SETATTR, here, place, 0, readOnly, Trees.MOUNT_ATTR_SIZE);
        } else {
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
