package dev.slipway.local.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.cache.CacheEntry;
import dev.slipway.executor.cache.CacheEntry.Type;
import dev.slipway.executor.cache.PruneRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {

    @TempDir
    private Path disk;

    private Room room(PruneRequest request, long... sizes) throws IOException {
        List<CacheEntry> entries = LongStream.of(sizes)
                .mapToObj(size -> new CacheEntry("id", Type.REGULAR, "", size, Instant.EPOCH, Instant.EPOCH, false))
                .toList();
        return new Room(request, entries, disk);
    }

    @Test
    void withoutBoundsThereIsNeverEnough() throws Exception {
        Room room = room(PruneRequest.EVERYTHING, 10);
        room.gain(10);
        assertThat(room.isEnough()).isFalse();
    }

    @Test
    void thereIsEnoughWhenNoMoreIsLeftThanMayBeUsed() throws Exception {
        Room room = room(PruneRequest.EVERYTHING.withSpace(25, 0, 0), 10, 20);
        assertThat(room.isEnough()).isFalse();
        room.gain(4);
        assertThat(room.isEnough()).isFalse();
        room.gain(1);
        assertThat(room.isEnough()).isTrue();
        assertThat(room(PruneRequest.EVERYTHING.withSpace(25, 0, 0), 10, 15).isEnough())
                .isTrue();
    }

    @Test
    void whatIsReservedStaysThoughTheDiskIsFull() throws Exception {
        PruneRequest full = PruneRequest.EVERYTHING.withSpace(0, 12, Long.MAX_VALUE);
        Room room = room(full, 10, 20);
        room.gain(17);
        assertThat(room.isEnough()).isFalse();
        room.gain(1);
        assertThat(room.isEnough()).isTrue();
    }

    @Test
    void aDiskWithRoomNeedsNothingToGo() throws Exception {
        assertThat(room(PruneRequest.EVERYTHING.withSpace(0, 0, 1), 10, 20).isEnough())
                .isTrue();
    }
}
