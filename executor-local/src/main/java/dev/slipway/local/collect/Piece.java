package dev.slipway.local.collect;

import dev.slipway.executor.cache.CacheEntry;
import dev.slipway.executor.cache.CacheEntry.Type;
import dev.slipway.local.store.folder.StoreFolder;
import dev.slipway.local.store.folder.StoreFolder.Part;
import dev.slipway.oci.disk.FileLocks;
import dev.slipway.oci.disk.FileLocks.Held;
import dev.slipway.oci.disk.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that is kept and that nothing else needs: a cache folder, a repository, what is known of something, what a build
 * reported.
 *
 * @param path the file or folder
 * @param entry what people are told of it
 * @param lock whoever uses it holds this lock; empty for what any build may use, such as the documents of images
 */
record Piece(Path path, CacheEntry entry, Optional<Path> lock) {

    /** All that there are. */
    static List<Piece> all(StoreFolder folder, Holdings holdings) throws IOException {
        Inventory inventory = new Inventory(folder);
        List<Piece> pieces = new ArrayList<>();
        for (Path path : inventory.list(Part.MOUNTS)) {
            if (Files.isDirectory(path)) {
                Path lock = StoreFolder.mountLock(path);
                String id = text(StoreFolder.mountName(path));
                of(path, Type.EXEC_CACHEMOUNT, "cache mount " + id, lock, Optional.of(lock))
                        .ifPresent(pieces::add);
            }
        }
        for (Path path : inventory.list(Part.GIT)) {
            Path lock = folder.lock("git", name(path));
            of(path, Type.SOURCE_GIT_CHECKOUT, "git repository", path, Optional.of(lock))
                    .ifPresent(pieces::add);
        }
        for (Path path : inventory.list(Part.CONTEXTS)) {
            of(path, Type.INTERNAL, "index of a context", path, Optional.empty())
                    .ifPresent(pieces::add);
        }
        for (Path path : inventory.list(Part.TAGS)) {
            of(path, Type.INTERNAL, "resolved tag", path, Optional.empty()).ifPresent(pieces::add);
        }
        for (Path path : inventory.list(Part.RUNS)) {
            of(path, Type.INTERNAL, "record of a build", path, Optional.empty()).ifPresent(pieces::add);
        }
        for (Path path : holdings.otherBlobs()) {
            of(path, Type.INTERNAL, "document of an image", path, Optional.empty())
                    .ifPresent(pieces::add);
        }
        return pieces;
    }

    private static Optional<Piece> of(Path path, Type type, String description, Path used, Optional<Path> lock)
            throws IOException {
        try {
            Instant lastUsed = Files.getLastModifiedTime(used).toInstant();
            Instant created = Files.getLastModifiedTime(path).toInstant();
            long size = Folders.size(path);
            boolean inUse = lock.isPresent() && isLocked(lock.get());
            CacheEntry entry = new CacheEntry(name(path), type, description, size, created, lastUsed, inUse);
            return Optional.of(new Piece(path, entry, lock));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static boolean isLocked(Path lock) throws IOException {
        Optional<Held> held = FileLocks.tryExclusive(lock);
        held.ifPresent(Held::close);
        return held.isEmpty();
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    /** Removes it if nobody uses it; returns whether it did. */
    boolean remove(StoreFolder folder, Trash trash) throws IOException {
        Optional<Held> held = FileLocks.tryExclusive(lock.orElse(folder.useLock()));
        if (held.isEmpty()) {
            return false;
        }
        try {
            trash.take(path);
            return true;
        } finally {
            held.get().close();
        }
    }
}
