package dev.slipway.local.sandbox.proot;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.launch.OwnIds;
import dev.slipway.local.sandbox.DeviceLink;
import dev.slipway.local.sandbox.HostFolder;
import dev.slipway.local.sandbox.KernelFiles;
import dev.slipway.local.sandbox.MountList;
import dev.slipway.local.sandbox.Overlay;
import dev.slipway.local.sandbox.RootFiles;
import dev.slipway.local.sandbox.RootPath;
import dev.slipway.local.sandbox.SandboxMount;
import dev.slipway.local.sandbox.SandboxRequest;
import dev.slipway.local.sandbox.SshRelays;
import dev.slipway.local.sandbox.confine.Masks;
import dev.slipway.oci.disk.Privileges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Puts together in plain folders what other sandboxes mount, and binds it. */
final class BoundMounts {

    /** The kernel's own files about devices: whoever is in a user namespace is shown the machine's. */
    private static final Path SYSTEM = Path.of("/sys");

    private static final List<String> DEVICES = List.of("null", "zero", "full", "random", "urandom", "tty");

    private final SandboxRequest request;
    private final TracedUser user;
    private final StepFolder folder;
    private final Bindings bindings;
    private final SshRelays sockets;
    private final Path devices;

    /** @param sockets the relays of the SSH agents in {@link #mounts} */
    BoundMounts(SandboxRequest request, TracedUser user, StepFolder folder, Bindings bindings, SshRelays sockets) {
        this.request = request;
        this.user = user;
        this.folder = folder;
        this.bindings = bindings;
        this.sockets = sockets;
        this.devices = folder.path().resolve("dev");
    }

    /** The one folder that holds all of a root. */
    static Path tree(Overlay root) {
        Optional<Path> upper = root.upper().map(Overlay.Upper::folder);
        if (root.lowers().size() + (upper.isPresent() ? 1 : 0) != 1) {
            throw new IllegalArgumentException("a root of several folders cannot be changed in place");
        }
        return upper.orElseGet(() -> root.lowers().get(0));
    }

    /** What is mounted for a request, with the owners that the process takes for those that are asked for. */
    static List<SandboxMount> mounts(SandboxRequest request, TracedUser user) {
        return MountList.of(request).stream()
                .map(mount -> mount.source() instanceof SandboxMount.SshAgent agent
                        ? new SandboxMount(mount.destination(), onMachine(agent, user), mount.readOnly())
                        : mount)
                .toList();
    }

    private static SandboxMount.SshAgent onMachine(SandboxMount.SshAgent agent, TracedUser user) {
        OwnIds owner = user.onMachine(agent.uid(), agent.gid());
        return new SandboxMount.SshAgent(agent.socket(), owner.uid(), owner.gid(), agent.mode());
    }

    /** What takes the place of {@code /dev}. */
    Path devices() {
        return devices;
    }

    /** Binds everything, and makes the working folder. */
    void bind() throws IOException, InterruptedException {
        makeDevices();
        for (SandboxMount mount : mounts(request, user)) {
            RootPath place = RootPath.resolve(bindings.files(), mount.destination());
            if (place.names().isEmpty()) {
                throw new ExecutorException(
                        "cannot mount over the root: " + mount.destination() + "; give the mount another target");
            }
            bind(place, mount);
        }
    }

    private void makeDevices() throws IOException {
        Files.createDirectory(devices);
        for (String name : DEVICES) {
            Files.createFile(devices.resolve(name));
        }
        for (String name : List.of("pts", "shm", "mqueue")) {
            Files.createDirectory(devices.resolve(name));
        }
        for (DeviceLink link : DeviceLink.ALL) {
            if (!link.name().equals("core")) {
                Files.createSymbolicLink(devices.resolve(link.name()), Path.of(link.target()));
            }
        }
    }

    private void bind(RootPath place, SandboxMount mount) throws IOException, InterruptedException {
        SandboxMount.Source source = mount.source();
        if (source instanceof KernelFiles) {
            bindKernel(place);
        } else if (source instanceof SandboxMount.Memory) {
            bindEmpty(place);
        } else if (source instanceof SandboxMount.Secret secret) {
            OwnIds owner = user.onMachine(secret.uid(), secret.gid());
            bindings.bind(place, folder.newFile(secret, owner), RootFiles.EMPTY);
        } else if (source instanceof SandboxMount.SshAgent agent) {
            bindings.bind(place, sockets.socket(agent), RootFiles.EMPTY);
        } else if (source instanceof SandboxMount.Folder kernel
                && kernel.folder().equals(SYSTEM)) {
            bindings.bind(place, SYSTEM, RootFiles.EMPTY);
            hide(place.path());
        } else if (source instanceof SandboxMount.Folder cache) {
            bind(place, cache, mount.readOnly());
        } else if (source instanceof SandboxMount.Layers layers) {
            bind(place, layers);
        }
    }

    /** The kernel's own files are the machine's; what else it would make afresh is a folder. */
    private void bindKernel(RootPath place) throws IOException {
        switch (place.path()) {
            case "/dev" -> {
                bindings.bind(place, devices, new HostFolder(devices));
                DEVICES.forEach(name -> bindings.cover(Path.of("/dev", name), "/dev/" + name));
            }
            case "/proc", "/sys", "/dev/pts" -> {
                bindings.bind(place, Path.of(place.path()), RootFiles.EMPTY);
                hide(place.path());
            }
            case "/dev/shm" -> bindEmpty(place);
            default -> {
                // It is part of the one above, such as the control groups of /sys.
            }
        }
    }

    private void bindEmpty(RootPath place) throws IOException {
        bindings.bind(place, folder.newFolder(01777), RootFiles.EMPTY);
    }

    private void hide(String above) throws IOException {
        for (String path : Masks.HIDDEN) {
            if (path.startsWith(above + "/") && Files.exists(Path.of(path))) {
                boolean isFolder = Files.isDirectory(Path.of(path));
                bindings.cover(isFolder ? folder.newFolder(0555) : Path.of("/dev/null"), path);
            }
        }
    }

    private void bind(RootPath place, SandboxMount.Folder source, boolean readOnly)
            throws IOException, InterruptedException {
        RootFiles inside = new HostFolder(source.folder());
        RootPath path = RootPath.ofSource(inside, source.path());
        Path host = source.folder().resolve(path.path().substring(1));
        if (readOnly) {
            Privileges all = user.ownsTruly() ? Privileges.in(folder.path()) : Privileges.NONE;
            host = folder.copy(host, all.withoutDevices());
        }
        bindings.bind(place, host, new HostFolder(host));
    }

    private void bind(RootPath place, SandboxMount.Layers layers) throws IOException {
        RootFiles inside = layers.overlay().files();
        RootPath path = RootPath.ofSource(inside, layers.path());
        String base = path.names().isEmpty() ? "" : path.path();
        Path host = tree(layers.overlay()).resolve(path.path().substring(1));
        bindings.bind(place, host, name -> inside.find(base + name));
    }
}
