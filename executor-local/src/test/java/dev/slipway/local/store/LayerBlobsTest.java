package dev.slipway.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.LayerBlob;
import dev.slipway.llb.Digest;
import dev.slipway.local.store.folder.StoreFolder;
import dev.slipway.local.store.folder.TrustedOwners;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.disk.FileLocks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerBlobsTest {

    private static final int BUILDS = 4;
    private static final Digest LAYER = Digest.sha256("layer");
    private static final LayerBlob BLOB =
            new LayerBlob(Descriptor.of(MediaTypes.OCI_LAYER_GZIP, Digest.sha256("blob"), 4), LAYER, 5);

    @TempDir
    Path home;

    @Test
    void buildsThatWaitForEachOtherNoteABlobOnce() throws Exception {
        StoreFolder folder = StoreFolder.open(home, TrustedOwners.NONE);
        ThreadPoolExecutor pool = (ThreadPoolExecutor) Executors.newFixedThreadPool(BUILDS);
        try (Store store = Store.open(home, TrustedOwners.NONE)) {
            List<Thread> threads = new ArrayList<>();
            pool.setThreadFactory(work -> {
                Thread thread = new Thread(work);
                threads.add(thread);
                return thread;
            });
            List<Future<?>> builds = new ArrayList<>();
            FileLocks.Held lock =
                    FileLocks.exclusive(folder.lock("blob-list", LAYER.hex().substring(0, 2)));
            for (int i = 0; i < BUILDS; i++) {
                builds.add(pool.submit(() -> {
                    store.layerBlobs().add(LAYER.hex(), BLOB);
                    return null;
                }));
            }
            while (threads.stream().anyMatch(thread -> thread.getState() != Thread.State.WAITING)) {
                Thread.onSpinWait(); // All of them have found no blob, and wait for the lock.
            }
            lock.close();
            for (Future<?> build : builds) {
                build.get();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(Files.readAllLines(home.resolve("v1/layer-blobs").resolve(LAYER.hex())))
                .hasSize(1);
    }
}
