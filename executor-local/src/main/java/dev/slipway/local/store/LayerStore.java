package dev.slipway.local.store;

import dev.slipway.local.layer.Depth;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.LayerForm;
import dev.slipway.local.layer.LayerIndex;
import dev.slipway.local.layer.WindowsFiles;
import dev.slipway.local.store.folder.StoreFolder;
import dev.slipway.local.store.folder.StoreFolder.Part;
import dev.slipway.local.store.folder.TempFolder;
import dev.slipway.oci.disk.FileLocks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Layers by id. A layer that was made here is known by what it holds, one that came in an image by its diff id. The bytes of its
 * files are where they came to be: in a contents file, in an unpacked tree, in a blob, or in other layers.
 */
public final class LayerStore {

    private static final long CACHED_NODES = 400_000;

    private final StoreFolder folder;
    private final TempFolder temp;
    private final LayerBlobs blobs;
    private final Trees trees;
    private final Lease lease;
    private final Damage damage;
    private final DirectoryCache cache = new DirectoryCache(CACHED_NODES);

    LayerStore(StoreFolder folder, TempFolder temp, LayerBlobs blobs, Trees trees, Lease lease, Damage damage) {
        this.folder = folder;
        this.temp = temp;
        this.blobs = blobs;
        this.trees = trees;
        this.lease = lease;
        this.damage = damage;
    }

    /** Adds a layer all of whose bytes other layers keep. */
    public String add(Directory layer) throws IOException, InterruptedException {
        return add(layer, LayerForm.PLAIN);
    }

    /** Adds a layer of this form, all of whose bytes other layers keep. */
    public String add(Directory layer, LayerForm form) throws IOException, InterruptedException {
        return publish(layer, form, id -> {});
    }

    /** Adds a layer that keeps bytes in this file, which is taken over. */
    public String addWithContents(Directory layer, Path contents) throws IOException, InterruptedException {
        return addWithContents(layer, LayerForm.PLAIN, contents);
    }

    /** Adds a layer of this form that keeps bytes in this file, which is taken over. */
    public String addWithContents(Directory layer, LayerForm form, Path contents)
            throws IOException, InterruptedException {
        return publish(
                layer,
                form,
                id -> Files.move(
                        contents, contents(id), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
    }

    /**
     * Adds a layer that was made as an unpacked tree, which is taken over.
     *
     * @param below the root that the tree lies upon
     */
    public String addWithTree(Directory layer, LayerForm form, Path tree, Directory below)
            throws IOException, InterruptedException {
        return publish(layer, form, id -> {
            HiddenFiles hidden = HiddenFiles.of(layer, tree);
            if (hidden.exist()) {
                Path aside = temp.newPath();
                hidden.copyAll(aside);
                Files.move(aside, contents(id), StandardCopyOption.ATOMIC_MOVE);
            }
            trees.add(id, layer, below, tree);
        });
    }

    /**
     * Adds a layer of an image for Windows.
     *
     * @param id of the layer as it came
     * @return the id of the layer whose root is the drive
     */
    public String addOfWindows(String id) throws IOException, InterruptedException {
        return add(WindowsFiles.of(load(id)), LayerForm.ofWindowsImage(id));
    }

    /** Puts something in place for a layer before the layer can be seen. */
    private interface Data {
        void publish(String id) throws IOException;
    }

    private String publish(Directory layer, LayerForm form, Data data) throws IOException, InterruptedException {
        Depth.require(layer);
        // What is there already is not written a second time only to be thrown away.
        String known =
                LayerIndex.write(layer, form, OutputStream.nullOutputStream()).hex();
        lease.keep(known);
        if (Files.exists(index(known))) {
            return known;
        }
        Path index = temp.newPath();
        String id = write(layer, form, index);
        return FileLocks.exclusively(folder.lock("publish", id.substring(0, 2)), () -> {
            if (Files.exists(index(id))) {
                Files.delete(index);
            } else {
                data.publish(id);
                Files.move(index, index(id), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return id;
        });
    }

    private static String write(Directory layer, LayerForm form, Path index) throws IOException {
        try (OutputStream out = Files.newOutputStream(index, StandardOpenOption.CREATE_NEW)) {
            return LayerIndex.write(layer, form, out).hex();
        }
    }

    /** Whether the layer was made here, and did not come in an image. */
    public boolean isMadeHere(String id) throws IOException {
        return form(id).origin().isEmpty() && !blobs.isOfImage(id);
    }

    /** The form of a layer. One that came in an image is plain under the id that it came with. */
    public LayerForm form(String id) throws IOException {
        if (blobs.isOfImage(id)) {
            return LayerForm.PLAIN;
        }
        try (InputStream in = Files.newInputStream(index(id))) {
            return LayerIndex.form(in);
        }
    }

    /** Whether the layer was made by a step, here or elsewhere. */
    public boolean isMade(String id) throws IOException {
        return isMadeHere(id) || blobs.created(id).isPresent();
    }

    /** When the layer was made, if it was made by a step. */
    public Optional<Instant> created(String id) throws IOException {
        return !isMadeHere(id)
                ? blobs.created(id)
                : Optional.of(Files.getLastModifiedTime(index(id)).toInstant().truncatedTo(ChronoUnit.SECONDS));
    }

    /** Drops what is remembered of layers. */
    void forget() {
        cache.clear();
    }

    /** Whether the layer is there, or a blob that it can be read from. */
    boolean has(String id) {
        if (blobs.isOfImage(id)) {
            return blobs.hasOriginal(id);
        }
        try {
            return form(id).origin().map(blobs::hasOriginal).orElse(true);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The entries of a layer. One that came in an image is looked into when this is asked for the first time.
     *
     * @throws IOException if the layer is damaged or not there
     */
    public Directory load(String id) throws IOException, InterruptedException {
        Optional<Directory> cached = cache.get(id);
        if (cached.isPresent()) {
            return cached.get();
        }
        Optional<Directory> indexed = read(id);
        Directory layer = indexed.isPresent() ? indexed.get() : readBlob(id);
        cache.put(id, layer);
        return layer;
    }

    private Directory readBlob(String id) throws IOException, InterruptedException {
        return FileLocks.exclusively(folder.lock("index", id), () -> {
            Optional<Directory> meanwhile = read(id);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            Directory layer = blobs.readOriginal(id, blob -> BlobIndexer.index(blob, id));
            Depth.require(layer);
            temp.write(index(id), out -> LayerIndex.write(layer, LayerForm.PLAIN, out));
            return layer;
        });
    }

    /** The layer as its index says, if there is one. A damaged one can be made again if the layer came in an image. */
    private Optional<Directory> read(String id) throws IOException, InterruptedException {
        try (InputStream in = Files.newInputStream(index(id))) {
            return Optional.of(LayerIndex.read(in, id));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            IOException damaged = damage.remove(id, "its index: " + e.getMessage());
            if (blobs.isOfImage(id)) {
                return Optional.empty();
            }
            throw damaged;
        }
    }

    private Path index(String id) {
        return folder.of(Part.LAYERS).resolve(id);
    }

    private Path contents(String id) {
        return folder.of(Part.CONTENTS).resolve(id);
    }
}
