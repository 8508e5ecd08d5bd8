package dev.slipway.local.sandbox.proot;

import dev.slipway.executor.StepFailedException;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.ExecOp.SecurityMode;
import dev.slipway.local.emulation.Emulators;
import dev.slipway.local.launch.Launcher;
import dev.slipway.local.sandbox.FileOwners;
import dev.slipway.local.sandbox.Messages;
import dev.slipway.local.sandbox.MountStubs;
import dev.slipway.local.sandbox.ProcessEnvironment;
import dev.slipway.local.sandbox.ProcessUser;
import dev.slipway.local.sandbox.RootFiles;
import dev.slipway.local.sandbox.RootPath;
import dev.slipway.local.sandbox.Sandbox;
import dev.slipway.local.sandbox.SandboxLimits;
import dev.slipway.local.sandbox.SandboxMount;
import dev.slipway.local.sandbox.SandboxRequest;
import dev.slipway.local.sandbox.SshRelays;
import dev.slipway.local.sandbox.StepProcess;
import dev.slipway.local.sandbox.UserLookup;
import dev.slipway.local.store.folder.TempFolder;
import dev.slipway.local.supervision.LandlockDomain;
import dev.slipway.local.supervision.OwnMemory;
import dev.slipway.local.supervision.Supervisor;
import dev.slipway.oci.disk.FileStatus;
import dev.slipway.oci.posix.IdMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The sandbox for places where nothing may be mounted: {@code proot} traces the process and leads its paths into a plain folder.
 * It takes no rights at all, and time: each system call with a path stops the process twice.
 */
public final class ProotSandbox implements Sandbox {

    /** The name of this sandbox. */
    public static final String NAME = ProotProgram.NAME;

    /** What the tracer binds for an emulator: the machine's own files, and a file that is empty. */
    private static final String MACHINE = "/host-rootfs";

    private static final String PRELOAD = "/etc/ld.so.preload";

    private final Launcher launcher;
    private final StepProcess steps;
    private final ProotProgram program;
    private final RootRights rights;
    private final boolean restrictsDevices;
    private final Optional<String> unsupervised;
    private final Emulators emulators;
    private final Optional<LandlockDomain> domain = LandlockDomain.ofKernel();

    /**
     * @param rights what this process may do
     * @param restrictsDevices whether there can be a rule about devices
     * @param unsupervised why no calls can be answered in the kernel's place; empty if they can
     * @param emulators what runs the programs of other platforms
     */
    ProotSandbox(
            Launcher launcher,
            ProotProgram program,
            RootRights rights,
            boolean restrictsDevices,
            Optional<String> unsupervised,
            Emulators emulators) {
        this.launcher = launcher;
        this.steps = new StepProcess(launcher);
        this.program = program;
        this.rights = rights;
        this.restrictsDevices = restrictsDevices;
        this.unsupervised = unsupervised;
        this.emulators = emulators;
    }

    /**
     * The sandbox of a tracer that was found.
     *
     * @param scratch an existing folder, to find out in it what can be done here
     * @param mayMount whether this process may mount something
     * @param restrictsDevices whether there can be a rule about devices
     * @param emulators what runs the programs of other platforms
     */
    public static ProotSandbox of(
            Launcher launcher,
            ProotProgram program,
            Path scratch,
            boolean mayMount,
            boolean restrictsDevices,
            Emulators emulators) {
        return new ProotSandbox(
                launcher,
                program,
                RootRights.in(scratch, mayMount),
                restrictsDevices,
                SupervisionTrial.run(launcher, scratch),
                emulators);
    }

    /** Removes from memory what steps of programs that were killed have left there. */
    public static void removeLeftOver() throws InterruptedException {
        StepFolder.removeLeftOver();
    }

    @Override
    public String name() {
        return ProotProgram.NAME;
    }

    @Override
    public String description() {
        List<String> remarks = new ArrayList<>();
        if (!rights.mayBecomeOthers()) {
            remarks.add(unsupervised
                    .map(problem -> "as one user: chown has no effect, because this failed: " + problem)
                    .orElse("as one user"));
        } else if (!rights.mayTraceOthers()) {
            remarks.add("root keeps its rights to files when it becomes another user");
        }
        if (domain.isEmpty()) {
            remarks.add("without Landlock, steps can reach other processes and files of their user");
        }
        return remarks.isEmpty() ? name() : name() + " (" + String.join("; ", remarks) + ")";
    }

    @Override
    public boolean needsOneFolder() {
        return true;
    }

    @Override
    public boolean hasTrueOwners() {
        return rights.mayBecomeOthers();
    }

    @Override
    public boolean restrictsDevices() {
        return restrictsDevices;
    }

    @Override
    public boolean startsEmulators() {
        return true;
    }

    @Override
    public List<String> limitations() {
        List<String> limits = new ArrayList<>(SandboxLimits.all());
        limits.add("a step sees the processes of this machine, and its host name");
        if (!rights.mayBecomeOthers()) {
            limits.add("a step has no rights of its own: its user may change every file of the root");
            limits.add("supplementary groups have no effect, and devices cannot be made");
            limits.add(
                    unsupervised.isPresent()
                            ? "chown has no effect: new files belong to the user of the step, and all seem to be"
                                    + " his"
                            : "whoever a process becomes, its new files belong to the user of the step until they are"
                                    + " given away");
        }
        if (rights.mayBecomeOthers() && !rights.mayTraceOthers()) {
            limits.add("processes of root only seem to become other users: their new files are root's");
        }
        if (domain.isEmpty()) {
            limits.add("a step can read and change the memory of other processes of its user, but not of this program");
            limits.add("a process of several threads can reach files outside of the root");
        }
        if (domain.filter(LandlockDomain::hasScopes).isEmpty()) {
            limits.add("a step can signal other processes of its user, and reach their sockets that have no file");
        }
        limits.add("no program gives its user other rights, such as sudo");
        limits.add("what is mounted read-only can be written to, and what is written to it is thrown away");
        limits.add("folders in memory are on the disk and may grow");
        return List.copyOf(limits);
    }

    @Override
    public FileOwners run(SandboxRequest request, StepMonitor monitor) throws InterruptedException {
        refuse(request);
        Optional<Path> emulator = emulators.program(request.platform());
        warn(request, monitor);
        MountStubs stubs = MountStubs.of(request, emulator.isPresent() ? List.of(MACHINE, PRELOAD) : List.of());
        Path tree = BoundMounts.tree(request.root());
        FileOwners owners;
        try (StepFolder folder = StepFolder.beside(tree)) {
            owners = run(request, monitor, tree, folder, emulator);
        } catch (IOException e) {
            throw Messages.notStarted(request, "cannot prepare its files: " + e.getMessage());
        } catch (StepFailedException e) {
            throw request.network() == NetworkMode.NONE ? withoutNetwork(e) : e;
        }
        request.root().upper().ifPresent(upper -> stubs.remove(upper.folder()));
        return owners;
    }

    /** Programs only say that something is unreachable. */
    private StepFailedException withoutNetwork(StepFailedException failure) {
        return new StepFailedException(
                failure.getMessage() + "; without a network, a step in the sandbox " + name()
                        + " can reach nothing over it, not even itself: if it has to, leave out --network=none or run"
                        + " the build where another sandbox can be used",
                failure.exitCode());
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
        SandboxLimits.refuseDevices(request);
        String hostname = request.process().hostname();
        if (!hostname.isEmpty()) {
            monitor.warn("the host name " + hostname + " has no effect in the sandbox " + name());
        }
    }

    private FileOwners run(
            SandboxRequest request, StepMonitor monitor, Path tree, StepFolder folder, Optional<Path> emulator)
            throws IOException, InterruptedException {
        UserLookup users = new UserLookup(request.root().files());
        ProcessUser user = users.find(request.process().user());
        TracedUser traced = traced(request, user, tree);
        Bindings bindings = new Bindings(tree, request.root().files(), folder);
        try (SshRelays sockets = SshRelays.open(BoundMounts.mounts(request, traced))) {
            BoundMounts mounts = new BoundMounts(request, traced, folder, bindings, sockets);
            mounts.bind();
            if (emulator.isPresent()) {
                bindings.makePlace(RootPath.resolve(bindings.files(), MACHINE), true);
                bindings.makePlace(RootPath.resolve(bindings.files(), PRELOAD), false);
            }
            for (String working : request.workingFolders()) {
                RootPath place = RootPath.resolve(bindings.files(), working);
                for (Path made : bindings.makeFolders(place, place.names().size())) {
                    StepFolder.give(made, traced.onMachine(user.uid(), user.gid()));
                }
            }
            launcher.copyTo(mounts.devices().resolve(name(TracedProgram.LAUNCHER)));
            OwnMemory.close();
            TracedProgram calls = new TracedProgram(launcher, request, traced, rights, domain);
            var child = calls.build(
                    folder,
                    tracer(tree, bindings, traced, emulator),
                    variables(folder),
                    ProcessEnvironment.of(request, users.home(user.uid())),
                    reachable(tree, folder, bindings, emulator));
            FileOwners owners = owners(traced, user, bindings);
            Optional<Supervisor> supervisor = supervisor(request, user, owners, folder);
            try (TracedEnd end = new TracedEnd(mounts.devices().resolve(name(TracedProgram.STATUS)))) {
                steps.run(child, request, monitor, calls::message, end);
            } finally {
                supervisor.ifPresent(Supervisor::close);
            }
            return owners;
        }
    }

    /** What the tracer leads paths to, and what it starts programs with. */
    private static Set<Path> reachable(Path tree, StepFolder folder, Bindings bindings, Optional<Path> emulator) {
        Set<Path> reachable = new LinkedHashSet<>(List.of(tree, folder.path()));
        reachable.addAll(bindings.sources());
        emulator.ifPresent(reachable::add);
        reachable.removeIf(path -> !Files.exists(path));
        return reachable;
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whose the files will be, before the process has given any away. */
    private static FileOwners owners(TracedUser traced, ProcessUser user, Bindings bindings) throws IOException {
        if (traced.ownsTruly()) {
            return FileOwners.REAL;
        }
        GivenFiles files = new GivenFiles(user);
        for (Path made : bindings.made()) {
            files.give(made, FileStatus.of(made), FileOwners.Owner.ROOT);
        }
        return files;
    }

    private Optional<Supervisor> supervisor(
            SandboxRequest request, ProcessUser user, FileOwners owners, StepFolder folder) throws IOException {
        if (unsupervised.isPresent() || !(owners instanceof GivenFiles given)) {
            return Optional.empty();
        }
        List<RootFiles> roots = new ArrayList<>(List.of(request.root().files()));
        for (SandboxMount mount : request.mounts()) {
            if (mount.source() instanceof SandboxMount.Layers layers) {
                roots.add(layers.overlay().files());
            }
        }
        OwnerCalls calls = new OwnerCalls(user, roots, given);
        return Optional.of(Supervisor.in(folder.path(), OwnerCalls.all(), calls::answer));
    }

    private TracedUser traced(SandboxRequest request, ProcessUser user, Path tree) {
        if (!rights.mayBecomeOthers()) {
            return new SeemingUser(user, unsupervised.isEmpty());
        }
        IdMap ids = IdMap.current();
        if (!ids.hasUser(user.uid()) || !ids.hasGroup(user.gid())) {
            throw Messages.notStarted(
                    request,
                    "there is no user " + Integer.toUnsignedString(user.uid()) + ":"
                            + Integer.toUnsignedString(user.gid())
                            + " in the user namespace that this program runs in; give it more users, or take a lower"
                            + " number");
        }
        if (user.uid() == 0 && !rights.mayTraceOthers()) {
            return new SeemingChanges();
        }
        // Files of this program may be in a folder that others cannot enter.
        boolean isClosed = Stream.concat(
                        Stream.of(tree),
                        request.mounts().stream()
                                .map(SandboxMount::source)
                                .filter(SandboxMount.Folder.class::isInstance)
                                .map(source -> ((SandboxMount.Folder) source).folder()))
                .anyMatch(ProotSandbox::isClosed);
        return new RealUser(user, isClosed && user.uid() != 0 ? RealUser.entering() : 0);
    }

    private static boolean isClosed(Path folder) {
        Path parent = folder.toAbsolutePath().getParent();
        return parent != null && !TempFolder.isOpen(parent);
    }

    private List<String> tracer(Path tree, Bindings bindings, TracedUser user, Optional<Path> emulator) {
        List<String> arguments = new ArrayList<>(List.of(program.file().toString(), "-v", "-1"));
        emulator.ifPresent(file -> arguments.addAll(List.of("-q", file.toString())));
        arguments.addAll(user.options());
        arguments.addAll(List.of("-r", tree.toString(), "-w", "/"));
        bindings.arguments().forEach(binding -> arguments.addAll(List.of("-b", binding)));
        arguments.add(TracedProgram.LAUNCHER);
        return arguments;
    }

    /** A loader that is empty is no program, so that programs of 32 bits are none either, whatever the tracer was built with. */
    private List<String> variables(StepFolder folder) throws IOException {
        Path loader = folder.path().resolve("loader");
        Path none = folder.path().resolve("loader-32");
        Files.write(loader, program.loader());
        Files.createFile(none);
        for (Path file : List.of(loader, none)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return List.of(
                "PATH=" + ProcessEnvironment.DEFAULT_PATH,
                ProotProgram.FOLDER + "=" + folder.path(),
                ProotProgram.LOADER + "=" + loader,
                ProotProgram.LOADER_32 + "=" + none,
                ProotProgram.NO_FILTER.getKey() + "=" + ProotProgram.NO_FILTER.getValue());
    }
}
