package dev.slipway.local.collect;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.cache.CacheEntry;
import dev.slipway.executor.cache.ExecutorCache;
import dev.slipway.executor.cache.PruneRequest;
import dev.slipway.local.store.Store;
import dev.slipway.oci.disk.DeepStack;
import dev.slipway.oci.disk.FileErrors;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The store as a cache that people look at and that is collected by itself, after builds and beside them. */
public final class LocalCache implements ExecutorCache, AutoCloseable {

    private static final Duration INTERVAL_OF_FULL_DISK = Duration.ofMinutes(1);

    private final Collector collector;
    private final CollectionOptions options;
    private final Path stamp;
    private final Clock clock;
    private @Nullable Thread running;
    private boolean isWanted;

    public LocalCache(Store store, CollectionOptions options, Clock clock) {
        this.collector = new Collector(store, clock);
        this.options = options;
        this.stamp = store.folder().collectionStamp();
        this.clock = clock;
    }

    @Override
    public List<CacheEntry> entries() throws InterruptedException {
        try {
            return DeepStack.call(collector::entries);
        } catch (IOException e) {
            throw new ExecutorException("cannot read the store: " + FileErrors.reason(e), e);
        }
    }

    @Override
    public List<CacheEntry> prune(PruneRequest request) throws InterruptedException {
        try {
            return DeepStack.call(() -> collector.prune(List.of(request)));
        } catch (IOException e) {
            throw new ExecutorException("cannot clean the store: " + FileErrors.reason(e), e);
        }
    }

    /** Starts a collection in a thread of its own, if it is time for one. One that runs already is followed by another. */
    public synchronized void buildEnded() {
        if (options.enabled() && isDue()) {
            isWanted = true;
            if (running == null) {
                running = DeepStack.newThread(this::collect, "slipway-collection");
                running.start();
            }
        }
    }

    private boolean isDue() {
        try {
            FileStore disk = Files.getFileStore(stamp.getParent());
            boolean full = disk.getUsableSpace() < options.minFree(disk.getTotalSpace());
            Duration interval = options.interval();
            if (full && interval.compareTo(INTERVAL_OF_FULL_DISK) > 0) {
                interval = INTERVAL_OF_FULL_DISK;
            }
            Instant last = Files.getLastModifiedTime(stamp).toInstant();
            // A clock that was set back does not put it off.
            return Duration.between(last, clock.instant()).abs().compareTo(interval) >= 0;
        } catch (NoSuchFileException e) {
            // A new store has nothing to collect.
            mark();
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    /** Notes that the store is collected now. If that cannot be written, it is collected sooner than it has to be. */
    private void mark() {
        try {
            if (!Files.exists(stamp)) {
                Files.createFile(stamp);
            }
            Files.setLastModifiedTime(stamp, FileTime.from(clock.instant()));
        } catch (IOException e) {
            // Then the next build tries again.
        }
    }

    private void collect() {
        while (goesOn()) {
            try {
                collectOnce();
            } catch (IOException | ExecutorException e) {
                // The build has succeeded all the same; whoever wants to know why asks for it by name.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Nobody may ask for a collection between the last look at that and the end of the thread. */
    private synchronized boolean goesOn() {
        if (isWanted && !Thread.currentThread().isInterrupted()) {
            isWanted = false;
            return true;
        }
        running = null;
        return false;
    }

    /** A process that finds another one collecting leaves its mark, and leaves it to that one to collect what it has left. */
    private void collectOnce() throws IOException, InterruptedException {
        mark();
        FileTime marked = Files.getLastModifiedTime(stamp);
        boolean done = collector.pruneIfAlone(
                options.requests(Files.getFileStore(stamp).getTotalSpace()));
        if (done && !Files.getLastModifiedTime(stamp).equals(marked)) {
            synchronized (this) {
                isWanted = true;
            }
        }
    }

    /** Waits for a collection that runs: a command that ends at once would never come to its end. */
    @Override
    public void close() {
        Thread thread;
        synchronized (this) {
            thread = running;
        }
        if (thread != null) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                thread.interrupt();
                Thread.currentThread().interrupt();
            }
        }
    }
}
