package dev.slipway.local.sandbox;

import static dev.slipway.local.launch.SystemCall.CHDIR;
import static dev.slipway.local.launch.SystemCall.FCHDIR;
import static dev.slipway.local.launch.SystemCall.PIVOT_ROOT;
import static dev.slipway.local.launch.SystemCall.UMOUNT2;

import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.local.cdi.ContainerEdits;
import dev.slipway.local.emulation.Emulators;
import dev.slipway.local.emulation.PrivateHandler;
import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Launcher;
import dev.slipway.local.launch.Linux;
import dev.slipway.local.sandbox.confine.Masks;
import dev.slipway.local.sandbox.confine.MountAttributes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The sandbox that needs nothing but the kernel. */
public final class BuiltInSandbox implements Sandbox {

    public static final String NAME = "built-in";

    private static final int FIRST_DESCRIPTOR = 3;

    private final Launcher launcher;
    private final StepProcess steps;
    private final Path place;
    private final Emulators emulators;
    private final boolean restrictsDevices;

    /**
     * @param place an empty folder, over which each child mounts its own
     * @param restrictsDevices whether there can be a rule about devices
     */
    public BuiltInSandbox(Launcher launcher, Path place, Emulators emulators, boolean restrictsDevices) {
        this.launcher = launcher;
        this.steps = new StepProcess(launcher);
        this.place = place;
        this.emulators = emulators;
        this.restrictsDevices = restrictsDevices;
    }

    @Override
    public String name() {
        return NAME;
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
        Optional<PrivateHandler> emulator =
                emulators.require(request.platform()).privateHandler();
        refuseHooks(request);
        MountStubs stubs = MountStubs.of(request);
        try (SshRelays sockets = SshRelays.open(request.mounts())) {
            ChildProgram program = launcher.program();
            request.provisions().enterGroups(program);
            Namespaces.enter(program, namespaces(request));
            OptionalInt interpreter =
                    emulator.stream().mapToInt(handler -> handler.open(program)).findFirst();
            StagingFolder stage = new StagingFolder(program, place);
            UserLookup users = new UserLookup(request.root().files());
            ProcessUser user = users.find(request.process().user())
                    .with(request.provisions().devices().groups());
            enterRoot(program, request, user, stage, new MountTrees(program, stage, sockets, request.isConfined()));
            program.closeAll(interpreter.isPresent() ? interpreter.getAsInt() + 1 : FIRST_DESCRIPTOR);
            if (request.isConfined()) {
                Masks.add(program);
            }
            ProcessSetup setup = new ProcessSetup(program, request);
            setup.prepare();
            emulator.ifPresent(handler -> {
                UserNamespace.enterAsTheSame(program);
                handler.register(program, interpreter.getAsInt());
                program.close(interpreter.getAsInt());
            });
            FileOwners owners = setup.become(user);
            int prepared = program.length();
            setup.execute(ProcessEnvironment.of(request, users.home(user.uid())));

            steps.run(
                    program,
                    request,
                    monitor,
                    call -> call.position() < prepared
                            ? Messages.notPrepared(request, call)
                            : Messages.notExecuted(request, call));
            request.root().upper().ifPresent(upper -> stubs.remove(upper.folder()));
            return owners;
        }
    }

    private static void refuseHooks(SandboxRequest request) {
        for (ContainerEdits.Hook hook : request.provisions().devices().hooks()) {
            throw Messages.notStarted(
                    request,
                    "its device needs the hook " + hook.path()
                            + ", which this sandbox does not run; choose the sandbox crun or runc");
        }
    }

    private static long namespaces(SandboxRequest request) {
        long namespaces = Linux.CLONE_NEWUTS | Linux.CLONE_NEWIPC | Linux.CLONE_NEWCGROUP;
        return request.network() == NetworkMode.NONE ? namespaces | Linux.CLONE_NEWNET : namespaces;
    }

    private static void enterRoot(
            ChildProgram program, SandboxRequest request, ProcessUser user, StagingFolder stage, MountTrees trees) {
        ScopedFolder root = new ScopedFolder(program, stage.open(stage.mountRoot(request.root())));
        for (String folder : request.workingFolders()) {
            root.makeFolders(RootPath.resolve(request.root().files(), folder), user);
        }
        List<Device> devices = new ArrayList<>(Device.ordinary());
        devices.addAll(Device.further(request, user));
        RootMounts mounts = new RootMounts(program, root, trees, request.root().files(), devices, request.isConfined());
        MountList.of(request).forEach(mounts::mount);
        for (String folder : request.workingFolders()) {
            root.makeFolders(RootPath.resolve(mounts.files(), folder), user);
        }

        if (request.root().upper().isEmpty()) {
            MountAttributes.restrict(program, root.descriptor(), Linux.MOUNT_ATTR_RDONLY, 0);
        }
        program.call("enter the root", FCHDIR, root.descriptor());
        long here = program.text(".");
        program.call("change the root", PIVOT_ROOT, here, here);
        program.call("leave the machine's root", UMOUNT2, here, Linux.MNT_DETACH);
        program.call("enter the root", CHDIR, program.text("/"));
    }
}
