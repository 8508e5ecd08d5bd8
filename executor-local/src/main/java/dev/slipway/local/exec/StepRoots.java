package dev.slipway.local.exec;

import dev.slipway.executor.Result;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Layers;
import dev.slipway.local.sandbox.Overlay;
import dev.slipway.local.sandbox.RootFiles;
import dev.slipway.local.store.FileAttributes;
import dev.slipway.local.store.Folders;
import dev.slipway.local.store.Snapshot;
import dev.slipway.local.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The roots of one step: unpacks the layers that are needed, and makes the folders that take what is written. */
final class StepRoots implements AutoCloseable {

    private final Store store;
    private final List<Path> scratch = new ArrayList<>();

    StepRoots(Store store) {
        this.store = store;
    }

    /** A root that cannot be written to. */
    StepRoot readOnly(Result input) throws IOException, InterruptedException {
        Snapshot snapshot = store.roots().snapshot(input);
        Directory files = store.roots().files(snapshot);
        RootFiles view = new StoredFiles(files, store.contents());
        return new StepRoot(store, snapshot, files, Overlay.readOnly(trees(snapshot), view));
    }

    /** A root with a folder on top that takes what is written. */
    StepRoot writable(Result input) throws IOException, InterruptedException {
        StepRoot root = readOnly(input);
        Path folder = store.temp().newFolder();
        scratch.add(folder);
        Path upper = Files.createDirectory(folder.resolve("upper"));
        Path work = Files.createDirectory(folder.resolve("work"));
        // The top folder of an overlay is the upper one's, attributes included.
        FileAttributes.ofNewFilesIn(upper)
                .with(store.privileges())
                .apply(upper, root.files().attributes(), 0777);
        Overlay overlay = Overlay.writable(
                root.overlay().lowers(), upper, work, root.overlay().files());
        return new StepRoot(store, root.snapshot(), root.files(), overlay);
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
            trees.addFirst(store.trees().path(id, layer, below));
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
