package dev.slipway.local.exec;

import dev.slipway.executor.Result;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.LayerForm;
import dev.slipway.local.sandbox.FileOwners;
import dev.slipway.local.sandbox.Overlay;
import dev.slipway.local.store.CopiedTree;
import dev.slipway.local.store.NewContents;
import dev.slipway.local.store.Snapshot;
import dev.slipway.local.store.Store;
import dev.slipway.local.store.TreeReader;
import dev.slipway.local.store.TrueAttributes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A root that a process sees.
 *
 * @param store where a new layer goes
 * @param snapshot the layers that it has before the process runs
 * @param files what they hold together
 * @param overlay how it is mounted
 * @param copy the tree that holds all files, if they are not mounted but copied
 */
record StepRoot(Store store, Snapshot snapshot, Directory files, Overlay overlay, Optional<CopiedTree> copy) {

    /**
     * Makes a layer of what the process wrote, and the root that it makes.
     *
     * @param owners whose the files are that it wrote
     */
    Result commit(FileOwners owners) throws IOException, InterruptedException {
        String id = copy.isPresent() ? addChanges(copy.get(), owners) : addTree(owners);
        return store.roots().save(snapshot.with(id));
    }

    private String addTree(FileOwners owners) throws IOException, InterruptedException {
        Path upper = overlay.upper().orElseThrow().folder();
        FileOwners.Owner owner = owners.ofNewFiles();
        TrueAttributes truth = new TrueAttributes(store.privileges(), owner.uid(), owner.gid());
        Directory layer = TreeReader.read(upper, files, truth);
        return store.layers().addWithTree(layer, store.roots().form(snapshot), upper, files);
    }

    private String addChanges(CopiedTree tree, FileOwners owners) throws IOException, InterruptedException {
        try (NewContents contents = new NewContents(store.temp())) {
            Directory layer = tree.changes(new WrittenFiles(owners), contents);
            Optional<Path> bytes = contents.finish();
            LayerForm form = store.roots().form(snapshot);
            return bytes.isPresent()
                    ? store.layers().addWithContents(layer, form, bytes.get())
                    : store.layers().add(layer, form);
        }
    }
}
