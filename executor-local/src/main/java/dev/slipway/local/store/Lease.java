package dev.slipway.local.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the builds of this process use, by id, in a file that lives as long as the process. Collection by whichever process
 * spares it, and what it needs. Whoever wants something names it here first and looks then whether it is there: what is there
 * then stays, until no build runs in this process any more.
 */
final class Lease {

    static final String FILE = "lease";

    private final Path file;
    private final StoreFolder folder;
    private final Set<String> held = new HashSet<>();
    private Object generation;
    private Runnable forget = () -> {};
    private int users;

    /**
     * @param temp the folder of this process
     */
    Lease(StoreFolder folder, Path temp) {
        this.folder = folder;
        this.file = temp.resolve(FILE);
        this.generation = folder.generation();
    }

    /** What to do when something was collected: what is remembered of the store may be wrong then. */
    void onCollection(Runnable action) {
        forget = action;
    }

    void keep(String id) throws IOException, InterruptedException {
        keep(List.of(id));
    }

    /** Keeps these from collection. */
    synchronized void keep(Collection<String> ids) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        ids.stream()
                .filter(id -> !id.isEmpty() && !held.contains(id))
                .forEach(id -> text.append(id).append('\n'));
        if (text.isEmpty()) {
            return;
        }
        FileLocks.Held lock = FileLocks.shared(folder.collectLock());
        try {
            append(text.toString());
            held.addAll(ids);
            Object now = folder.generation();
            if (!now.equals(generation)) {
                generation = now;
                forget.run();
            }
        } finally {
            lock.close();
        }
    }

    private void append(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
    }

    /** Counts one more build. */
    synchronized void enter() {
        users++;
    }

    /** Counts one build less; the last one lets go of everything. */
    synchronized void leave() {
        users--;
        if (users == 0 && !held.isEmpty()) {
            held.clear();
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // Then some things stay longer than they have to.
            }
        }
    }
}
