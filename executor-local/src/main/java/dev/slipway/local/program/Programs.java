package dev.slipway.local.program;

import dev.slipway.executor.ProgramFile;
import dev.slipway.executor.Result;
import dev.slipway.llb.Platform;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.store.Snapshot;
import dev.slipway.local.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The programs that steps put into roots. Layers that came in images are not looked into. */
public final class Programs {

    private final Store store;
    private final LayerPrograms layers;

    public Programs(Store store) {
        this.store = store;
        this.layers = new LayerPrograms(store);
    }

    /** Those programs of a root whose platforms are wanted. */
    public List<ProgramFile> find(Result result, Predicate<Platform> wanted) throws IOException, InterruptedException {
        Snapshot snapshot = store.roots().snapshot(result);
        List<ProgramFile> found = new ArrayList<>();
        for (String layer : snapshot.layers()) {
            if (store.layers().isMadeHere(layer)) {
                found.addAll(layers.find(layer, wanted));
            }
        }
        if (found.isEmpty()) {
            return List.of();
        }
        // What a layer above removed or replaced is in no image.
        Directory root = store.roots().files(snapshot);
        return found.stream()
                .filter(program -> LayerPrograms.at(root, program.path())
                        .filter(file -> file.content().digest().equals(program.content()))
                        .isPresent())
                .distinct()
                .toList();
    }
}
