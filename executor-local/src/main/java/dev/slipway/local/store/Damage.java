package dev.slipway.local.store;

import dev.slipway.local.layer.LayerIndex;
import dev.slipway.local.store.folder.StoreFolder;
import dev.slipway.local.store.folder.StoreFolder.Part;
import dev.slipway.local.store.folder.TempFolder;
import dev.slipway.oci.disk.FileLocks;
import dev.slipway.oci.disk.Folders;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Removes layers that are damaged, so that they are made again, and with them those that refer to bytes which they keep: the
 * same layer, made again, need not have its bytes in the same places.
 */
final class Damage {

    private final StoreFolder folder;
    private final TempFolder temp;
    private final LayerBlobs blobs;

    Damage(StoreFolder folder, TempFolder temp, LayerBlobs blobs) {
        this.folder = folder;
        this.temp = temp;
        this.blobs = blobs;
    }

    /** Removes what is damaged of a layer, and returns what is to be said of it. */
    IOException remove(String layer, String what) throws IOException, InterruptedException {
        FileLocks.exclusively(folder.collectLock(), () -> {
            // What comes from the blob of an image comes out the same each time.
            for (String dependent : blobs.isOfImage(layer) ? Set.of(layer) : dependents(layer)) {
                take(folder.of(Part.LAYERS).resolve(dependent));
            }
            take(folder.of(Part.CONTENTS).resolve(layer));
            take(folder.of(Part.CHECKSUMS).resolve(layer));
            take(folder.of(Part.TREES).resolve(layer));
            temp.write(folder.collected(), out -> {});
        });
        return new IOException("a layer of the store is damaged (" + what + ") and has been removed; build again");
    }

    private Set<String> dependents(String layer) throws IOException {
        Map<String, Set<String>> homes = new HashMap<>();
        try (DirectoryStream<Path> indexes = Files.newDirectoryStream(folder.of(Part.LAYERS))) {
            for (Path index : indexes) {
                String id = index.getFileName().toString();
                homes.put(id, homes(index, id));
            }
        }
        Set<String> found = new HashSet<>(Set.of(layer));
        Deque<String> next = new ArrayDeque<>(found);
        while (!next.isEmpty()) {
            String home = next.pop();
            homes.forEach((id, needed) -> {
                if (needed.contains(home) && found.add(id)) {
                    next.push(id);
                }
            });
        }
        return found;
    }

    /** One that is damaged itself refers to nothing: it is found when it is read. */
    private static Set<String> homes(Path index, String id) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(index))) {
            return LayerIndex.needs(in, id).homes();
        } catch (IOException e) {
            return Set.of();
        }
    }

    private void take(Path path) throws IOException {
        if (Files.exists(path)) {
            Path aside = temp.newPath();
            Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
            Folders.delete(aside);
        }
    }
}
