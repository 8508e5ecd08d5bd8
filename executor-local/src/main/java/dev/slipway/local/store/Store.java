package dev.slipway.local.store;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.LayerBlob;
import dev.slipway.executor.image.RemoteLayer;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.FileChecksums;
import dev.slipway.local.store.folder.StoreFolder;
import dev.slipway.local.store.folder.StoreFolder.Part;
import dev.slipway.local.store.folder.TempFolder;
import dev.slipway.local.store.folder.TrustedOwners;
import dev.slipway.oci.disk.FileErrors;
import dev.slipway.oci.disk.FileLocks;
import dev.slipway.oci.disk.FileLocks.Held;
import dev.slipway.oci.disk.Privileges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A store that is open. All of it may be used by several threads at once. */
public final class Store implements AutoCloseable {

    private final StoreFolder folder;
    private final TempFolder temp;
    private final Lease lease;
    private final BlobStore blobs;
    private final LayerBlobs layerBlobs;
    private final Contents contents;
    private final KnownChecksums checksums;
    private final Trees trees;
    private final LayerStore layers;
    private final Roots roots;
    private final Records records;
    private final ResolvedTags tags;
    private final Compressor compressor;
    private Optional<TempFolder> machineTemp = Optional.empty();

    private Store(StoreFolder folder, TempFolder temp) {
        this.folder = folder;
        this.temp = temp;
        this.lease = new Lease(folder, temp.folder());
        this.blobs = new BlobStore(folder, temp, lease);
        this.layerBlobs = new LayerBlobs(folder, temp, blobs);
        Damage damage = new Damage(folder, temp, layerBlobs);
        this.contents = new Contents(folder, temp, damage, this);
        this.checksums = new KnownChecksums(folder, temp, contents);
        this.trees = new Trees(folder, temp, contents);
        this.layers = new LayerStore(folder, temp, layerBlobs, trees, lease, damage);
        this.roots = new Roots(folder, temp, layers, lease);
        this.records = new Records(folder, temp, roots);
        lease.onCollection(() -> {
            layers.forget();
            roots.forget();
        });
        this.tags = new ResolvedTags(folder, temp);
        this.compressor = new Compressor(folder, this);
    }

    /**
     * Opens the store in a folder, which is made if it is missing.
     *
     * @param trusted who may own the folders that lead to it besides this user and root
     * @throws ExecutorException if the folder cannot be used, or others could change what is in it
     */
    public static Store open(Path home, TrustedOwners trusted) throws InterruptedException {
        try {
            StoreFolder folder = StoreFolder.open(home, trusted);
            return new Store(folder, TempFolder.open(folder.of(Part.TEMP), folder.lock("temp", "open")));
        } catch (IOException e) {
            throw new ExecutorException("cannot use the store " + home + ": " + FileErrors.reason(e), e);
        }
    }

    /**
     * Begins to use the store: what is made or found from now on is kept from collection.
     *
     * @return what ends it, once
     */
    public Use use() throws IOException, InterruptedException {
        return new Use(lease, FileLocks.shared(folder.useLock()));
    }

    /** Does something for which nothing of what it finds may be collected. */
    public <T> T using(StoreTask<T> task) throws IOException, InterruptedException {
        Use use = use();
        try {
            return task.run();
        } finally {
            use.close();
        }
    }

    /** The use of a store by one build. */
    public static final class Use implements AutoCloseable {

        private final Lease lease;
        private final Lease.Epoch epoch;
        private final Held lock;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Use(Lease lease, Held lock) {
            this.lease = lease;
            this.lock = lock;
            this.epoch = lease.enter();
        }

        @Override
        public void close() {
            if (ended.compareAndSet(false, true)) {
                lease.leave(epoch);
                lock.close();
            }
        }
    }

    /** Where in the store things are. */
    public StoreFolder folder() {
        return folder;
    }

    /** The file in which is kept what is known of a client's folder. */
    public Path contextFile(String id) {
        return folder.of(Part.CONTEXTS).resolve(id);
    }

    /**
     * The folder of a cache mount; it need not exist.
     *
     * @param number counts folders for those that do not share them
     */
    public Path mounts(String key, int number) {
        return folder.of(Part.MOUNTS).resolve(key + "-" + number);
    }

    /** Writes the files of a root into a new folder, which appears when it is whole. */
    public void writeFiles(Directory root, Path target) throws IOException, InterruptedException {
        Path aside = temp.newPath();
        TreeWriter.write(root, Directory.EMPTY, aside, contents, privileges(), UnpackMonitor.NONE);
        Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Writes the files of a root into a new folder in which a process may change them.
     *
     * @param privileges what the files can be like
     */
    public CopiedTree copy(Directory root, Path folder, Privileges privileges)
            throws IOException, InterruptedException {
        return CopiedTree.write(root, folder, contents, privileges);
    }

    /** The file in which is kept which programs a layer holds. */
    public Path programsFile(String layer) {
        return folder.of(Part.PROGRAMS).resolve(layer);
    }

    /** The folder in which is kept what builds reported. */
    public Path runs() {
        return folder.of(Part.RUNS);
    }

    /** The file in which is kept what is known of a URL. */
    public Path httpFile(String id) {
        return folder.of(Part.HTTP).resolve(id);
    }

    /** The folder of a bare git repository. */
    public Path gitFolder(String id) {
        return folder.of(Part.GIT).resolve(id);
    }

    /** Where is kept what was found out about this machine, and emulators for it. */
    public Path machineFolder() {
        return folder.of(Part.MACHINE);
    }

    /** A lock file that keeps apart those who do the same kind of work on the same thing. */
    public Path lock(String work, String object) {
        return folder.lock(work, object);
    }

    /** What this process can make files of the store be. */
    public Privileges privileges() throws IOException {
        return trees.privileges();
    }

    /** Where to write aside. */
    public TempFolder temp() {
        return temp;
    }

    /**
     * Where to write aside what processes of other users are to reach: in the store, or where they cannot enter that, in the
     * machine's folder for temporary files, if they can be given something there.
     */
    public synchronized TempFolder openTemp() throws InterruptedException {
        if (TempFolder.isOpen(temp.folder())) {
            return temp;
        }
        if (machineTemp.isEmpty()) {
            machineTemp = TempFolder.ofMachine(Path.of("/var/tmp"));
        }
        return machineTemp.orElse(temp);
    }

    /** Blobs by digest. */
    public BlobStore blobs() {
        return blobs;
    }

    /**
     * Adds a layer of an image. Its blob is in the store; it is not looked into yet.
     *
     * @return its id
     */
    public String addBlob(LayerBlob blob) throws IOException, InterruptedException {
        String id = blob.diffId().hex();
        lease.keep(id);
        layerBlobs.add(id, blob);
        return id;
    }

    /**
     * Adds a layer that is kept elsewhere, and is fetched when it is needed.
     *
     * @return its id
     */
    public String addRemote(RemoteLayer layer) throws IOException, InterruptedException {
        String id = layer.diffId().hex();
        lease.keep(id);
        blobs.remote().add(layer);
        Descriptor plain = layer.blob().withAnnotations(Map.of());
        layerBlobs.addRemote(id, new LayerBlob(plain, layer.diffId(), 0), layer.created());
        return id;
    }

    /** Blobs of layers that are kept elsewhere. */
    public RemoteBlobs remote() {
        return blobs.remote();
    }

    LayerBlobs layerBlobs() {
        return layerBlobs;
    }

    /** Layers by id. */
    public LayerStore layers() {
        return layers;
    }

    /** The bytes of files. */
    public Contents contents() {
        return contents;
    }

    /** BuildKit's digests of files. */
    public FileChecksums checksums() {
        return checksums;
    }

    /** Unpacked layers. */
    public Trees trees() {
        return trees;
    }

    /** Roots by name. */
    public Roots roots() {
        return roots;
    }

    /** Cache records by key. */
    public Records records() {
        return records;
    }

    /** Tags of registries. */
    public ResolvedTags tags() {
        return tags;
    }

    /** Blobs of layers. */
    public Compressor compressor() {
        return compressor;
    }

    @Override
    public synchronized void close() {
        machineTemp.ifPresent(TempFolder::close);
        temp.close();
    }
}
