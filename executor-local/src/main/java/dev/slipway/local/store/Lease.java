package dev.slipway.local.store;

import dev.slipway.local.store.folder.StoreFolder;
import dev.slipway.oci.disk.FileLocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the builds of this process use, by id, in files that live no longer than the process. Collection by whichever process
 * spares it, and what it needs. Whoever wants something names it here first and looks then whether it is there: what is there
 * then stays until all builds have ended that run at that moment.
 *
 * <p>Builds share what they make, so nobody can say which of them wants a thing. That is why each id is kept for an epoch, of
 * which there are at most two. Whoever comes joins the younger one, and the older one goes when its last build has ended, so
 * that a process in which always some build runs lets go of what earlier ones used.
 */
final class Lease {

    static final String PREFIX = "lease-";

    private final Path temp;
    private final StoreFolder folder;
    private final Deque<Epoch> epochs = new ArrayDeque<>();
    private int count;
    private Object generation;
    private Runnable forget = () -> {};

    /**
     * @param temp the folder of this process
     */
    Lease(StoreFolder folder, Path temp) {
        this.folder = folder;
        this.temp = temp;
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
        Epoch epoch = epochs.isEmpty() ? begin() : epochs.getLast();
        StringBuilder text = new StringBuilder();
        ids.stream()
                .filter(id -> !id.isEmpty() && !epoch.held.contains(id))
                .forEach(id -> text.append(id).append('\n'));
        if (text.isEmpty()) {
            return;
        }
        FileLocks.Held lock = FileLocks.shared(folder.collectLock());
        try {
            append(epoch.file, text.toString());
            epoch.held.addAll(ids);
            Object now = folder.generation();
            if (!now.equals(generation)) {
                generation = now;
                forget.run();
            }
        } finally {
            lock.close();
        }
    }

    private static void append(Path file, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
    }

    /** Counts one more build; returns what it has to leave. */
    synchronized Epoch enter() {
        Epoch epoch = epochs.size() == 2 ? epochs.getLast() : begin();
        epoch.builds++;
        return epoch;
    }

    private Epoch begin() {
        Epoch epoch = new Epoch(temp.resolve(PREFIX + ++count));
        epochs.add(epoch);
        return epoch;
    }

    /** Counts one build less. What was kept in the younger epoch may be used by builds of the older one, so that goes first. */
    synchronized void leave(Epoch epoch) {
        epoch.builds--;
        while (!epochs.isEmpty() && epochs.getFirst().builds == 0) {
            epochs.removeFirst().end();
        }
    }

    /** A time in which builds begin, and what was kept in it. */
    static final class Epoch {

        private final Path file;
        private final Set<String> held = new HashSet<>();
        private int builds;

        private Epoch(Path file) {
            this.file = file;
        }

        private void end() {
            if (!held.isEmpty()) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    // Then some things stay longer than they have to.
                }
            }
        }
    }
}
