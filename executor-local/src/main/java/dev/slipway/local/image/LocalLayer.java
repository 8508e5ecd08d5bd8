package dev.slipway.local.image;

import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.BuiltLayer;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.LayerBlob;
import dev.slipway.executor.image.LayerRequest;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.store.Store;
import dev.slipway.local.store.StoreTask;
import dev.slipway.oci.disk.DeepStack;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * A layer of the store as a part of an image.
 *
 * @param id its id
 * @param created when it was made
 * @param came the blob in which the image's base has it, if it does
 */
record LocalLayer(Store store, String id, Optional<Instant> created, Optional<LayerBlob> came) implements BuiltLayer {

    @Override
    public LayerBlob blob(LayerRequest wanted, StepMonitor monitor) throws InterruptedException {
        return DeepStack.call(() -> StoreTask.perform(() -> store.using(() -> store.remote()
                .described(store.compressor()
                        .blob(exported(wanted.latest()), came, wanted.compression(), wanted.force(), monitor)))));
    }

    private String exported(Optional<Instant> latest) throws IOException, InterruptedException {
        if (latest.isEmpty() || came.isPresent() || !store.layers().isMade(id)) {
            return id;
        }
        Directory settled = SettledTimes.noLaterThan(store.layers().load(id), latest.get());
        return store.layers().add(settled, store.layers().form(id));
    }

    @Override
    public InputStream open(Descriptor blob) throws IOException {
        return store.blobs().open(blob);
    }
}
