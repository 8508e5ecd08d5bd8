package dev.slipway.local.sandbox;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.launch.OwnIds;
import dev.slipway.local.store.Folders;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one traced process sees, put together in plain folders: the tree, which is changed in place, and what is bound over places
 * in it. The tracer leads paths from there to here.
 */
final class ProotStep implements AutoCloseable {

    private static final Path MEMORY = Path.of("/dev/shm");

    /** The kernel's own files about devices: whoever is in a user namespace is shown the machine's. */
    private static final Path SYSTEM = Path.of("/sys");

    private static final List<String> DEVICES = List.of("null", "zero", "full", "random", "urandom", "tty");

    private final SandboxRequest request;
    private final Path tree;
    private final Path folder;
    private final Path memory;
    private final MountedFiles files;
    private final List<String> bindings = new ArrayList<>();
    private final Set<Path> made = new HashSet<>();
    private int count;

    /** @param scratch where to make a folder for the step */
    ProotStep(SandboxRequest request, Path scratch) {
        this.request = request;
        this.files = new MountedFiles(request.root().files());
        this.tree = tree(request.root());
        try {
            this.folder = Files.createTempDirectory(scratch, ProotProgram.NAME);
            this.memory = Files.isWritable(MEMORY) ? Files.createTempDirectory(MEMORY, "slipway") : folder;
        } catch (IOException e) {
            throw new ExecutorException("cannot make a folder for a step: " + e.getMessage(), e);
        }
    }

    /** The one folder that holds all of a root. */
    private static Path tree(Overlay root) {
        Optional<Path> upper = root.upper().map(Overlay.Upper::folder);
        if (root.lowers().size() + (upper.isPresent() ? 1 : 0) != 1) {
            throw new IllegalArgumentException("a root of several folders cannot be changed in place");
        }
        return upper.orElseGet(() -> root.lowers().get(0));
    }

    /** What is mounted for the request, as far as it has owners: the process is this user, whom it seems to be. */
    List<SandboxMount> mounts() {
        return request.mounts().stream().map(ProotStep::ofOwn).toList();
    }

    private static SandboxMount ofOwn(SandboxMount mount) {
        if (mount.source() instanceof SandboxMount.SshAgent agent) {
            OwnIds own = OwnIds.read();
            SandboxMount.Source source = new SandboxMount.SshAgent(agent.socket(), own.uid(), own.gid(), agent.mode());
            return new SandboxMount(mount.destination(), source, mount.readOnly());
        }
        return mount;
    }

    /** The root on this machine. */
    Path tree() {
        return tree;
    }

    /** A folder for this step alone. */
    Path folder() {
        return folder;
    }

    /** What takes the place of {@code /dev}. */
    Path devices() {
        return folder.resolve("dev");
    }

    /** {@code HOST:GUEST} each, the outer ones first. */
    List<String> bindings() {
        return bindings;
    }

    /** The root with what is bound in it. */
    RootFiles files() {
        return files;
    }

    /** The places in the tree that were made for what is bound there. */
    Set<Path> made() {
        return made;
    }

    /** Makes everything, with places for it in the tree. */
    void prepare(SshRelays sockets) {
        try {
            makeDevices();
            for (SandboxMount mount : MountList.of(request)) {
                mount(ofOwn(mount), sockets);
            }
            RootPath working = RootPath.resolve(files, request.process().workingDirectory());
            if (!working.exists()) {
                Set<Path> places = Set.copyOf(made);
                makeFolders(working, working.names().size());
                made.retainAll(places);
            }
        } catch (IOException e) {
            throw Messages.notStarted(request, "cannot prepare its files: " + e.getMessage());
        }
    }

    private void makeDevices() throws IOException {
        Files.createDirectory(devices());
        for (String name : DEVICES) {
            Files.createFile(devices().resolve(name));
        }
        for (String name : List.of("pts", "shm", "mqueue")) {
            Files.createDirectory(devices().resolve(name));
        }
        for (RootMounts.Link link : RootMounts.LINKS) {
            if (!link.name().equals("core")) {
                Files.createSymbolicLink(devices().resolve(link.name()), Path.of(link.target()));
            }
        }
    }

    private void mount(SandboxMount mount, SshRelays sockets) throws IOException {
        RootPath place = RootPath.resolve(files, mount.destination());
        if (place.names().isEmpty()) {
            throw new ExecutorException("cannot mount over the root: " + mount.destination());
        }
        SandboxMount.Source source = mount.source();
        if (source instanceof KernelFiles kernel) {
            mount(place, kernel);
        } else if (source instanceof SandboxMount.Memory) {
            bind(place, newFolder(01777), RootFiles.EMPTY);
        } else if (source instanceof SandboxMount.Secret secret) {
            bind(place, newFile(secret), RootFiles.EMPTY);
        } else if (source instanceof SandboxMount.SshAgent agent) {
            bind(place, sockets.socket(agent), RootFiles.EMPTY);
        } else if (source instanceof SandboxMount.Folder kernel
                && kernel.folder().equals(SYSTEM)) {
            bind(place, SYSTEM, RootFiles.EMPTY);
            hide(place.path());
        } else if (source instanceof SandboxMount.Folder cache) {
            mount(place, cache, mount.readOnly());
        } else if (source instanceof SandboxMount.Layers layers) {
            mount(place, layers);
        }
    }

    /** The kernel's own files are the machine's; what else it would make afresh is a folder. */
    private void mount(RootPath place, KernelFiles kernel) throws IOException {
        switch (place.path()) {
            case "/dev" -> {
                bind(place, devices(), new HostFolder(devices()));
                for (String name : DEVICES) {
                    bindings.add("/dev/" + name + ":/dev/" + name);
                }
            }
            case "/proc", "/sys", "/dev/pts" -> {
                bind(place, Path.of(place.path()), RootFiles.EMPTY);
                hide(place.path());
            }
            case "/dev/shm" -> bind(place, newFolder(01777), RootFiles.EMPTY);
            default -> {
                // It is part of the one above, such as the control groups of /sys.
            }
        }
    }

    private void hide(String above) throws IOException {
        for (String path : Masks.HIDDEN) {
            if (path.startsWith(above + "/") && Files.exists(Path.of(path))) {
                bindings.add((Files.isDirectory(Path.of(path)) ? newFolder(0555) : "/dev/null") + ":" + path);
            }
        }
    }

    private void mount(RootPath place, SandboxMount.Folder source, boolean readOnly) throws IOException {
        RootFiles inside = new HostFolder(source.folder());
        RootPath path = RootPath.resolve(inside, source.path());
        Path host = source.folder().resolve(path.path().substring(1));
        if (!path.exists()) {
            Files.createDirectories(host);
        }
        if (readOnly) {
            host = copy(host);
        }
        bind(place, host, new HostFolder(host));
    }

    private void mount(RootPath place, SandboxMount.Layers layers) throws IOException {
        RootFiles inside = layers.overlay().files();
        RootPath path = RootPath.resolve(inside, layers.path());
        if (!path.exists()) {
            throw new ExecutorException("nothing to mount at " + layers.path() + ": no such file or folder");
        }
        String base = path.names().isEmpty() ? "" : path.path();
        bind(place, tree(layers.overlay()).resolve(path.path().substring(1)), name -> inside.find(base + name));
    }

    private void bind(RootPath place, Path host, RootFiles inside) throws IOException {
        if (!place.exists()) {
            if (Files.isDirectory(host)) {
                makeFolders(place, place.names().size());
            } else {
                makeFolders(place, place.names().size() - 1);
                Path file = hostPath(place, place.names().size());
                if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    writable(file.getParent(), () -> Files.createFile(file, mode("rw-r--r--")));
                    made.add(file);
                }
            }
        }
        // A host path may have a colon in it, the name of a link has none.
        Path link = folder.resolve("bind" + count++);
        Files.createSymbolicLink(link, host.toAbsolutePath());
        bindings.add(link.getFileName() + ":" + place.path());
        files.mount(place.path(), inside);
    }

    private void makeFolders(RootPath path, int depth) throws IOException {
        for (int length = path.existing() + 1; length <= depth; length++) {
            Path place = hostPath(path, length);
            if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                writable(place.getParent(), () -> Files.createDirectory(place, mode("rwxr-xr-x")));
                made.add(place);
            }
        }
    }

    private static FileAttribute<?> mode(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    /** Where a path of the root is on this machine: below the tree, or below what is bound over a part of it. */
    private Path hostPath(RootPath path, int length) throws IOException {
        String wanted = path.path(length);
        String guest = "/";
        Path host = tree;
        for (String binding : bindings) {
            int colon = binding.indexOf(':');
            String place = binding.substring(colon + 1);
            if (wanted.startsWith(place + "/") && place.length() >= guest.length()) {
                guest = place;
                host = folder.resolve(binding.substring(0, colon)).toRealPath();
            }
        }
        return host.resolve(wanted.substring(guest.length()).replaceFirst("^/", ""));
    }

    private interface Change {
        void run() throws IOException;
    }

    /** Whose folders these are may change them, whatever their mode says. */
    private static void writable(Path parent, Change change) throws IOException {
        try {
            change.run();
        } catch (AccessDeniedException e) {
            Object mode = Files.getAttribute(parent, "unix:mode");
            Files.setAttribute(parent, "unix:mode", (Integer) mode & 07777 | 0700);
            try {
                change.run();
            } finally {
                Files.setAttribute(parent, "unix:mode", (Integer) mode & 07777);
            }
        }
    }

    private Path newFolder(int mode) throws IOException {
        Path empty = Files.createDirectory(folder.resolve("folder" + count++));
        Files.setAttribute(empty, "unix:mode", mode);
        return empty;
    }

    /** In memory, if there is some to be had. */
    private Path newFile(SandboxMount.Secret secret) throws IOException {
        Path file = Files.createFile(memory.resolve("file" + count++), mode("rw-------"));
        Files.write(file, secret.content());
        Files.setAttribute(file, "unix:mode", secret.mode());
        return file;
    }

    /** For what may not be changed: what is written to a copy is thrown away. */
    private Path copy(Path source) throws IOException {
        Path target = folder.resolve("copy" + count++);
        try (Stream<Path> all = Files.walk(source)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                Files.copy(
                        file,
                        target.resolve(source.relativize(file).toString()),
                        LinkOption.NOFOLLOW_LINKS,
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return target;
    }

    @Override
    public void close() {
        try {
            Folders.delete(folder);
            Folders.delete(memory);
        } catch (IOException e) {
            throw new ExecutorException("cannot remove the folder of a step: " + e.getMessage(), e);
        }
    }
}
