package dev.slipway.local.store;

import dev.slipway.local.store.folder.StoreFolder;
import dev.slipway.local.store.folder.StoreFolder.Part;
import dev.slipway.local.store.folder.StoredLines;
import dev.slipway.local.store.folder.TempFolder;
import dev.slipway.oci.disk.FileLocks;
import dev.slipway.oci.disk.FileLocks.Held;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What the builds of all living processes use. */
public final class Leases {

    private Leases() {}

    /** The ids of it. Whoever calls this holds the collect lock, if it is to stay true. */
    public static Set<String> read(StoreFolder folder) throws IOException {
        Set<String> ids = new HashSet<>();
        try (DirectoryStream<Path> locks =
                Files.newDirectoryStream(folder.of(Part.TEMP), "*" + TempFolder.LOCK_SUFFIX)) {
            for (Path lock : locks) {
                Optional<Held> dead = FileLocks.tryExclusive(lock);
                if (dead.isPresent()) {
                    dead.get().close();
                } else {
                    String name = lock.getFileName().toString();
                    Path temp = lock.resolveSibling(name.substring(0, name.length() - TempFolder.LOCK_SUFFIX.length()));
                    addAll(temp, ids);
                }
            }
        }
        return ids;
    }

    private static void addAll(Path temp, Set<String> ids) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(temp, Lease.PREFIX + "*")) {
            for (Path file : files) {
                try {
                    ids.addAll(StoredLines.read(file));
                } catch (NoSuchFileException e) {
                    // Its builds have just ended.
                }
            }
        } catch (NoSuchFileException e) {
            // Its process has just ended, or just begun.
        }
    }
}
