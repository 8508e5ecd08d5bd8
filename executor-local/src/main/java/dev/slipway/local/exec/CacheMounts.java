package dev.slipway.local.exec;

import dev.slipway.executor.Result;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Mount;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.store.FileLocks;
import dev.slipway.local.store.FileLocks.Held;
import dev.slipway.local.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cache folders of one step. A shared folder is everybody's at once, a locked one is waited for, and of private ones the
 * first that nobody uses is taken; the lock of a folder says so across processes. Two mounts of one step with the same id get
 * the same folder.
 */
final class CacheMounts implements AutoCloseable {

    private final Store store;
    private final Map<String, Path> open = new HashMap<>();
    private final List<Held> locks = new ArrayList<>();

    CacheMounts(Store store) {
        this.store = store;
    }

    /**
     * The folder of a cache.
     *
     * @param seed what a new folder begins with
     */
    Path open(Mount.Cache cache, Result seed) throws IOException, InterruptedException {
        String key = Digest.sha256(cache.id() + "\0" + seed.id()).hex();
        Path known = open.get(key);
        if (known == null) {
            known = switch (cache.sharing()) {
                case SHARED -> lock(store.mounts(key, 0), true);
                case LOCKED -> lock(store.mounts(key, 0), false);
                case PRIVATE -> lockFree(key);
            };
            open.put(key, known);
            seed(known, seed);
        }
        return known;
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
        return folder.resolveSibling(folder.getFileName() + ".lock");
    }

    /** Of several that share a new folder, one fills it. */
    private void seed(Path folder, Result seed) throws IOException, InterruptedException {
        FileLocks.exclusively(folder.resolveSibling(folder.getFileName() + ".seed"), () -> {
            if (!Files.isDirectory(folder)) {
                Directory files = store.roots().files(seed);
                store.writeFiles(files, folder);
            }
            return null;
        });
    }

    @Override
    public void close() {
        locks.forEach(Held::close);
    }
}
