package dev.slipway.local.exec;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Result;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Layers;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.PathResolver;
import dev.slipway.local.layer.SpecialFile;
import dev.slipway.local.sandbox.Overlay;
import dev.slipway.local.sandbox.RootFiles;
import dev.slipway.local.sandbox.Sandbox;
import dev.slipway.local.sandbox.SandboxMount;
import dev.slipway.local.sandbox.confine.DeviceRules;
import dev.slipway.local.store.CopiedTree;
import dev.slipway.local.store.Snapshot;
import dev.slipway.local.store.Store;
import dev.slipway.local.store.folder.TempFolder;
import dev.slipway.oci.disk.FileAttributes;
import dev.slipway.oci.disk.Folders;
import dev.slipway.oci.disk.Privileges;
import dev.slipway.oci.layer.Attributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The roots of one step: unpacks the layers that are needed, and makes the folders that take what is written. For a sandbox that
 * changes one folder in place, each root is copied into one.
 */
final class StepRoots implements AutoCloseable {

    private final Store store;
    private final StepMonitor monitor;
    private final boolean confined;
    private final Sandbox sandbox;
    private final LeftTrees left;
    private final List<Path> scratch = new ArrayList<>();

    /**
     * @param confined whether the step may only use devices that hold nothing of the machine
     * @param sandbox for which the roots are
     * @param left where trees can be taken over
     */
    StepRoots(Store store, boolean confined, Sandbox sandbox, LeftTrees left, StepMonitor monitor) {
        this.monitor = monitor;
        this.store = store;
        this.confined = confined;
        this.sandbox = sandbox;
        this.left = left;
    }

    /** A root that cannot be written to. */
    StepRoot readOnly(Result input) throws IOException, InterruptedException {
        Snapshot snapshot = store.roots().snapshot(input);
        Directory files = store.roots().files(snapshot);
        RootFiles view = new StoredFiles(files, store.contents());
        if (sandbox.needsOneFolder()) {
            Optional<CopiedTree> taken = left.take(input.id(), files, privileges(files));
            taken.ifPresent(tree -> scratch.add(tree.folder().getParent()));
            CopiedTree copy = taken.isPresent() ? taken.get() : copy(files);
            Overlay overlay = Overlay.readOnly(List.of(copy.folder()), new CopiedFiles(view, copy));
            return new StepRoot(store, snapshot, files, overlay, Optional.of(copy));
        }
        Overlay overlay = restricted(Overlay.readOnly(trees(snapshot), view), files);
        return new StepRoot(store, snapshot, files, overlay, Optional.empty());
    }

    /** A root with a folder on top that takes what is written. */
    StepRoot writable(Result input) throws IOException, InterruptedException {
        StepRoot root = readOnly(input);
        Path folder = newFolder();
        if (root.copy().isPresent()) {
            Overlay overlay = Overlay.writable(
                    List.of(),
                    root.copy().get().folder(),
                    folder,
                    root.overlay().files());
            return new StepRoot(store, root.snapshot(), root.files(), overlay, root.copy());
        }
        Path upper = Files.createDirectory(folder.resolve("upper"));
        Path work = Files.createDirectory(folder.resolve("work"));
        // The top folder of an overlay is the upper one's, attributes included.
        FileAttributes.ofNewFilesIn(upper)
                .with(store.privileges())
                .apply(upper, root.files().attributes(), 0777);
        Overlay overlay = Overlay.writable(
                root.overlay().lowers(), upper, work, root.overlay().files());
        return new StepRoot(store, root.snapshot(), root.files(), restricted(overlay, root.files()), Optional.empty());
    }

    /** Whoever makes an image can put a file for the machine's disk into it. */
    private Overlay restricted(Overlay overlay, Directory files) {
        return confined && hasForeignDevice(files) ? overlay.withoutDevices() : overlay;
    }

    private static boolean hasForeignDevice(Directory directory) {
        if (!directory.hasDevices()) {
            return false;
        }
        for (int i = 0; i < directory.size(); i++) {
            Node node = directory.node(i);
            boolean found = node instanceof Directory child
                    ? hasForeignDevice(child)
                    : node instanceof SpecialFile special && special.isDevice() && !isHarmless(special);
            if (found) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHarmless(SpecialFile device) {
        return device.kind() == SpecialFile.Kind.CHARACTER_DEVICE
                && DeviceRules.isHarmless(device.major(), device.minor());
    }

    /**
     * A part of a root that is only looked at. Where roots are copied, no more is copied than the part.
     *
     * @param path of the part, {@code /} for all
     */
    SandboxMount.Layers part(Result input, String path) throws IOException, InterruptedException {
        if (!sandbox.needsOneFolder()) {
            return new SandboxMount.Layers(readOnly(input).overlay(), path);
        }
        PathResolver.Place place = PathResolver.resolve(store.roots().files(input), path);
        Node node = place.node()
                .orElseThrow(() -> new ExecutorException(
                        "nothing to mount at " + path + ": no such file or folder; check the source of the mount"));
        boolean isFolder = node instanceof Directory;
        String name = isFolder ? "" : place.names().get(place.names().size() - 1);
        Directory files = node instanceof Directory directory
                ? directory
                : Directory.of(Attributes.DEFAULT_FOLDER, new TreeMap<>(Map.of(name, node)));
        CopiedTree copy = copy(files);
        RootFiles view = new CopiedFiles(new StoredFiles(files, store.contents()), copy);
        return new SandboxMount.Layers(Overlay.readOnly(List.of(copy.folder()), view), "/" + name);
    }

    private CopiedTree copy(Directory files) throws IOException, InterruptedException {
        Path folder = newFolder(sandbox.hasTrueOwners() ? store.openTemp() : store.temp());
        return store.copy(files, folder.resolve("root"), privileges(files));
    }

    /** What the files of a copy can be like. */
    private Privileges privileges(Directory files) throws IOException {
        if (!sandbox.hasTrueOwners()) {
            return Privileges.NONE;
        }
        Privileges all = store.privileges();
        return confined && hasForeignDevice(files) ? all.withoutDevices() : all;
    }

    /** Leaves a root to the step that begins with it. Nothing may use it any more. */
    void leave(StepRoot root, Result result) throws IOException {
        if (root.copy().isPresent()) {
            scratch.remove(root.copy().get().folder().getParent());
            left.leave(result.id(), root.copy().get());
        }
    }

    private Path newFolder() throws IOException {
        return newFolder(store.temp());
    }

    private Path newFolder(TempFolder where) throws IOException {
        Path folder = where.newFolder();
        scratch.add(folder);
        return folder;
    }

    /**
     * The unpacked layers, the top one first. Overlayfs refuses a folder that is there twice; of a layer that is, such as that of
     * a step which changes nothing, only the upper place counts, for it hides the lower one.
     */
    private List<Path> trees(Snapshot snapshot) throws IOException, InterruptedException {
        Deque<Path> trees = new ArrayDeque<>();
        Directory below = Directory.EMPTY;
        for (String id : snapshot.layers()) {
            Directory layer = store.layers().load(id);
            trees.addFirst(store.trees().path(id, layer, below, monitor));
            below = Layers.apply(below, layer);
        }
        return trees.stream().distinct().toList();
    }

    @Override
    public void close() throws IOException {
        for (Path folder : scratch) {
            Folders.delete(folder);
        }
    }
}
