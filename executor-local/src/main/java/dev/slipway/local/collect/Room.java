package dev.slipway.local.collect;

import dev.slipway.executor.cache.CacheEntry;
import dev.slipway.executor.cache.PruneRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tells when enough has been removed for a request. */
final class Room {

    private final boolean bounded;
    private final long keep;
    private long used;

    /**
     * @param counted what counts for the request
     * @param disk a folder of the disk that should have room
     */
    Room(PruneRequest request, List<CacheEntry> counted, Path disk) throws IOException {
        this.used = counted.stream().mapToLong(CacheEntry::size).sum();
        this.bounded = request.isBounded();
        this.keep = bounded ? request.bytesToKeep(used, Files.getFileStore(disk).getUsableSpace()) : 0;
    }

    boolean isEnough() {
        return bounded && used <= keep;
    }

    void gain(long bytes) {
        used -= bytes;
    }
}
