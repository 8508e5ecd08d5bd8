package dev.slipway.local.exec;

import dev.slipway.executor.Result;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.sandbox.FileOwners;
import dev.slipway.local.sandbox.Overlay;
import dev.slipway.local.store.Snapshot;
import dev.slipway.local.store.Store;
import dev.slipway.local.store.TreeReader;
import dev.slipway.local.store.TrueAttributes;
import java.io.IOException;

/**
 * A root that a process sees.
 *
 * @param store where a new layer goes
 * @param snapshot the layers that it has before the process runs
 * @param files what they hold together
 * @param overlay how it is mounted
 */
record StepRoot(Store store, Snapshot snapshot, Directory files, Overlay overlay) {

    /**
     * Makes a layer of what the process wrote, and the root that it makes.
     *
     * @param owners whose the files are that it wrote
     */
    Result commit(FileOwners owners) throws IOException, InterruptedException {
        Overlay.Upper upper = overlay.upper().orElseThrow();
        FileOwners.Owner owner = owners.ofNewFiles();
        TrueAttributes truth = new TrueAttributes(store.privileges(), owner.uid(), owner.gid());
        Directory layer = TreeReader.read(upper.folder(), files, truth);
        String id = store.layers().addWithTree(layer, upper.folder(), files);
        return store.roots().save(snapshot.with(id));
    }
}
