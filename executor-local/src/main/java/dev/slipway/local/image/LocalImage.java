package dev.slipway.local.image;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Result;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.BuiltLayer;
import dev.slipway.executor.image.ImageFiles;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.executor.image.LayerBlob;
import dev.slipway.local.store.Store;
import dev.slipway.local.store.StoreTask;
import dev.slipway.oci.disk.DeepStack;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An image that was built here: a root of the store. Each look at it keeps the store from collecting it for as long as it takes. */
public final class LocalImage implements BuiltImage {

    private final Store store;
    private final BaseLayers bases;
    private final Result root;
    private final ImageSpec spec;

    /**
     * @param bases the base images of the build
     * @param root its files
     */
    public LocalImage(Store store, BaseLayers bases, Result root, ImageSpec spec) {
        this.store = store;
        this.bases = bases;
        this.root = root;
        this.spec = spec;
    }

    @Override
    public ImageSpec spec() {
        return spec;
    }

    /** Layers that came in images stay what they are. */
    @Override
    public List<? extends BuiltLayer> layers() throws InterruptedException {
        return DeepStack.call(() -> StoreTask.perform(() -> store.using(() -> {
            require();
            List<String> ids = store.roots().snapshot(root).layers();
            List<LayerBlob> came = bases.of(ids);
            List<LocalLayer> layers = new ArrayList<>();
            for (String id : ids) {
                int number = layers.size();
                Optional<LayerBlob> blob = number < came.size() ? Optional.of(came.get(number)) : Optional.empty();
                Optional<Instant> created =
                        blob.isPresent() ? Optional.empty() : store.layers().created(id);
                layers.add(new LocalLayer(store, id, created, blob));
            }
            return layers;
        })));
    }

    @Override
    public ImageFiles files() throws InterruptedException {
        return DeepStack.call(() -> StoreTask.perform(() -> {
            Store.Use use = store.use();
            try {
                require();
                return new StoredImageFiles(
                        store.roots().files(root), store.contents().reader(), use);
            } catch (IOException | InterruptedException | RuntimeException e) {
                use.close();
                throw e;
            }
        }));
    }

    private void require() throws IOException, InterruptedException {
        if (!store.roots().has(List.of(root))) {
            throw new ExecutorException(
                    "the image for " + spec.platform().formatAll() + " is no longer in the store; build it again");
        }
    }
}
