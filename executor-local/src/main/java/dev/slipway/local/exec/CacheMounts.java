package dev.slipway.local.exec;

import dev.slipway.executor.Result;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Op;
import dev.slipway.llb.Vertex;
import dev.slipway.local.layer.Devices;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.store.Store;
import dev.slipway.local.store.folder.LastUse;
import dev.slipway.local.store.folder.StoreFolder;
import dev.slipway.oci.disk.FileLocks;
import dev.slipway.oci.disk.FileLocks.Held;
import dev.slipway.oci.disk.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The cache folders of one step. A shared folder is everybody's at once, a locked one is waited for, and of private ones the
 * first that nobody uses is taken; the lock of a folder says so across processes. Two mounts of one step with the same id get
 * the same folder.
 */
public final class CacheMounts implements AutoCloseable {

    private final Store store;
    private final StepMonitor monitor;
    private final Map<String, Path> open = new HashMap<>();
    private final List<Held> locks = new ArrayList<>();

    /** @param monitor hears what a new folder does not begin with */
    CacheMounts(Store store, StepMonitor monitor) {
        this.store = store;
        this.monitor = monitor;
    }

    /**
     * Sees to it that a step begins with new folders.
     *
     * @param renewed the caches that this build has begun anew already, to which it adds
     */
    public static void renew(Store store, Vertex vertex, List<Result> inputs, Set<String> renewed) throws IOException {
        for (Mount mount : ((ExecOp) vertex.op()).mounts()) {
            if (mount.kind() instanceof Mount.Cache cache) {
                String key = key(cache, mount.input() == Op.NONE ? Result.EMPTY : inputs.get(mount.input()));
                if (renewed.add(key)) {
                    remove(store, key);
                }
            }
        }
    }

    private static String key(Mount.Cache cache, Result seed) {
        return Digest.sha256(cache.id() + "\0" + seed.id()).hex();
    }

    /**
     * The folder of a cache.
     *
     * @param seed what a new folder begins with
     */
    Path open(Mount.Cache cache, Result seed) throws IOException, InterruptedException {
        String key = key(cache, seed);
        Path known = open.get(key);
        if (known == null) {
            known = switch (cache.sharing()) {
                case SHARED -> lock(store.mounts(key, 0), true);
                case LOCKED -> lock(store.mounts(key, 0), false);
                case PRIVATE -> lockFree(key);
            };
            open.put(key, known);
            LastUse.now(lockFile(known));
            seed(known, cache.id(), seed);
        }
        return known;
    }

    /** Removes the folders of a cache, except those that other builds use now. */
    private static void remove(Store store, String key) throws IOException {
        Path folder = store.mounts(key, 0);
        for (int number = 1; Files.exists(lockFile(folder)); number++) {
            Optional<Held> lock = FileLocks.tryExclusive(lockFile(folder));
            if (lock.isPresent()) {
                try {
                    removeFolder(store, folder);
                } finally {
                    lock.get().close();
                }
            }
            folder = store.mounts(key, number);
        }
    }

    private static void removeFolder(Store store, Path folder) throws IOException {
        if (Files.exists(folder)) {
            Path aside = store.temp().newPath();
            Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
            Folders.delete(aside);
        }
    }

    private Path lock(Path folder, boolean shared) throws IOException, InterruptedException {
        Path file = lockFile(folder);
        locks.add(shared ? FileLocks.shared(file) : FileLocks.exclusive(file));
        return folder;
    }

    private Path lockFree(String key) throws IOException {
        for (int number = 0; ; number++) {
            Path folder = store.mounts(key, number);
            Optional<Held> lock = FileLocks.tryExclusive(lockFile(folder));
            if (lock.isPresent()) {
                locks.add(lock.get());
                return folder;
            }
        }
    }

    private static Path lockFile(Path folder) {
        return StoreFolder.mountLock(folder);
    }

    /** Of several that share a new folder, one fills it. No device of an image comes into the hands of later steps with it. */
    private void seed(Path folder, String id, Result seed) throws IOException, InterruptedException {
        FileLocks.exclusively(folder.resolveSibling(folder.getFileName() + ".seed"), () -> {
            if (!Files.isDirectory(folder)) {
                store.temp()
                        .write(StoreFolder.mountName(folder), out -> out.write(id.getBytes(StandardCharsets.UTF_8)));
                List<String> devices = new ArrayList<>();
                Directory files = Devices.without(store.roots().files(seed), devices);
                if (!devices.isEmpty()) {
                    monitor.warn("the cache " + id + " begins without the devices of its source: "
                            + String.join(", ", devices));
                }
                store.writeFiles(files, folder);
            }
        });
    }

    @Override
    public void close() {
        locks.forEach(Held::close);
    }
}
