package dev.slipway.local.store;

import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.local.layer.Content;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.store.folder.StoreFolder;
import dev.slipway.local.store.folder.StoreFolder.Part;
import dev.slipway.local.store.folder.TempFolder;
import dev.slipway.oci.LargePieces;
import dev.slipway.oci.disk.FileLocks;
import dev.slipway.oci.layer.LayerLimits;
import dev.slipway.oci.layer.LayerReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the bytes of files can be read: in the contents file of the layer that keeps them, or in a tree of it. A layer that has
 * neither is a blob, which can only be read from its beginning; its contents file is made then.
 */
public final class Contents {

    private final StoreFolder folder;
    private final TempFolder temp;
    private final Store store;
    private final Damage damage;

    Contents(StoreFolder folder, TempFolder temp, Damage damage, Store store) {
        this.folder = folder;
        this.temp = temp;
        this.damage = damage;
        this.store = store;
    }

    /** A reader, for one thread. */
    public ContentReader reader() {
        return new ContentReader(this);
    }

    /** The contents of a layer, to be read by one thread. */
    KeptContents open(String layer) throws IOException, InterruptedException {
        Path file = folder.of(Part.CONTENTS).resolve(layer);
        if (!Files.exists(file)) {
            Optional<Path> tree = store.trees().any(layer);
            if (tree.isPresent()) {
                return new KeptContents.OfTree(tree.get(), paths(layer));
            }
            if (!store.layerBlobs().isOfImage(layer)) {
                throw damage.remove(layer, "its bytes are gone");
            }
            extract(layer, file);
        }
        return new KeptContents.OfFile(file);
    }

    /** What is to be said of a layer whose bytes are not what they should be. It is removed. */
    IOException damaged(String layer, String what) {
        try {
            return damage.remove(layer, what);
        } catch (IOException e) {
            return e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new IOException("interrupted", e);
        }
    }

    private Map<Long, String> paths(String layer) throws IOException, InterruptedException {
        Map<Long, String> paths = new HashMap<>();
        addPaths(layer, store.layers().load(layer), "", paths);
        return paths;
    }

    private static void addPaths(String layer, Directory directory, String prefix, Map<Long, String> paths) {
        for (int i = 0; i < directory.size(); i++) {
            Node node = directory.node(i);
            String path = prefix + directory.name(i);
            if (node instanceof Directory child) {
                addPaths(layer, child, path + "/", paths);
            } else if (node instanceof RegularFile file) {
                Content content = file.content();
                if (content.home().equals(layer)) {
                    paths.put(content.offset(), path);
                }
            }
        }
    }

    /** In the order of the blob, as {@link BlobIndexer} counts. */
    private void extract(String layer, Path file) throws IOException, InterruptedException {
        FileLocks.exclusively(folder.lock("contents", layer), () -> {
            if (!Files.exists(file)) {
                temp.write(file, out -> extractBlob(layer, out));
            }
        });
    }

    private void extractBlob(String layer, OutputStream out) throws IOException {
        store.layerBlobs().readOriginal(layer, blob -> extract(blob, out));
    }

    /** How many bytes it was. */
    private static long extract(InputStream blob, OutputStream out) throws IOException {
        long size = 0;
        try (LayerReader reader = LayerReader.ofLayer(blob, LayerLimits.DEFAULT)) {
            for (Optional<FileEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                if (entry.get().type() == EntryType.FILE) {
                    size += LargePieces.copy(reader.content(), out);
                }
            }
        }
        return size;
    }
}
