package dev.slipway.local.store;

import dev.slipway.executor.event.Activity;
import dev.slipway.executor.event.ByteProgress;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Compression;
import dev.slipway.executor.image.LayerBlob;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.LayerForm;
import dev.slipway.local.layer.LayerIndex;
import dev.slipway.local.layer.WindowsFiles;
import dev.slipway.local.store.folder.StoreFolder;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.LargePieces;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.disk.FileLocks;
import dev.slipway.oci.layer.Decompression;
import dev.slipway.oci.layer.LayerBlobWriter;
import dev.slipway.oci.layer.LayerWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Makes blobs of layers. Each is made once in a store. */
public final class Compressor {

    private final StoreFolder folder;
    private final Store store;

    Compressor(StoreFolder folder, Store store) {
        this.folder = folder;
        this.store = store;
    }

    /**
     * The blob of a layer. One that came in an image keeps the blob that it came in, or at least the archive in that.
     *
     * @param came the blob in which the base image has it, if it is a layer of that; other images may have it in others
     * @param compression how it is compressed if it has no blob yet
     * @param force whether a blob that is compressed in another way does not do
     * @param monitor hears how far it is
     */
    public LayerBlob blob(
            String layer, Optional<LayerBlob> came, Compression compression, boolean force, StepMonitor monitor)
            throws IOException, InterruptedException {
        Optional<String> origin = store.layers().form(layer).origin();
        if (origin.isPresent()) {
            return blob(origin.get(), came, compression, force, monitor);
        }
        if (came.filter(blob -> !force || isIn(blob, compression.format())).isPresent()) {
            return came.get();
        }
        Optional<LayerBlob> known = find(layer, compression, force);
        if (known.isPresent()) {
            return known.get();
        }
        return FileLocks.exclusively(folder.lock("blob", layer), () -> {
            Optional<LayerBlob> meanwhile = find(layer, compression, force);
            return meanwhile.isPresent() ? meanwhile.get() : make(layer, compression, monitor);
        });
    }

    private Optional<LayerBlob> find(String layer, Compression compression, boolean force) {
        boolean any = !force && store.layerBlobs().isOfImage(layer);
        return store.layerBlobs()
                .find(
                        layer,
                        noted -> (any || isLike(noted, compression))
                                && store.blobs().canOpen(noted.blob().descriptor()));
    }

    /** One of another level would do as well, but what an image is must not depend on which builds were before. */
    private static boolean isLike(LayerBlobs.Noted noted, Compression compression) {
        return isIn(noted.blob(), compression.format())
                && noted.level().stream().allMatch(level -> level == compression.level());
    }

    private static boolean isIn(LayerBlob blob, Compression.Format format) {
        return MediaTypes.compression(blob.descriptor().mediaType()).equals(Optional.of(format));
    }

    private LayerBlob make(String id, Compression compression, StepMonitor monitor)
            throws IOException, InterruptedException {
        boolean ofImage = store.layerBlobs().isOfImage(id);
        Path aside = store.temp().newPath();
        try {
            LayerBlob blob;
            ByteProgress progress = new ByteProgress(monitor, Activity.COMPRESSING, id, 0);
            try (OutputStream out = Files.newOutputStream(aside, StandardOpenOption.CREATE_NEW);
                    LayerBlobWriter writer = new LayerBlobWriter(out, compression)) {
                if (ofImage) {
                    copy(id, progress.count(writer.tar()));
                } else {
                    write(id, progress.count(writer.tar()));
                }
                blob = writer.finish();
                progress.done();
            }
            if (ofImage && !blob.diffId().hex().equals(id)) {
                throw new InvalidImageException(
                        "a layer of the image has the diff id " + blob.diffId() + ", but its config says " + id);
            }
            store.blobs().add(blob.descriptor(), aside);
            store.layerBlobs().add(id, blob, compression.level());
            return blob;
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /** The archive that came in an image stays what it is, byte for byte. */
    private void copy(String id, OutputStream out) throws IOException {
        store.layerBlobs().readOriginal(id, blob -> {
            try (InputStream tar = Decompression.open(blob)) {
                return LargePieces.copy(tar, out);
            }
        });
    }

    private void write(String id, OutputStream out) throws IOException, InterruptedException {
        Directory layer = store.layers().load(id);
        LayerForm form = store.layers().form(id);
        if (!LayerIndex.write(layer, form, OutputStream.nullOutputStream())
                .hex()
                .equals(id)) {
            // It came in an image. Made again out of its entries it need not be the layer of that image, byte for byte.
            throw store.contents().damaged(id, "which blob it came in is lost");
        }
        try (ContentReader reader = store.contents().reader()) {
            LayerWriter tar =
                    form.windows() ? LayerWriter.ofWindows(out, WindowsFiles.newest(layer)) : new LayerWriter(out);
            LayerTar.writeLayer(layer, tar, reader);
            tar.close();
        }
    }
}
