package dev.slipway.local.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.cache.CacheEntry;
import dev.slipway.executor.cache.CacheEntry.Type;
import dev.slipway.executor.cache.EntryFilter;
import dev.slipway.executor.cache.PruneRequest;
import dev.slipway.local.store.Store;
import dev.slipway.local.store.folder.StoreFolder;
import dev.slipway.local.store.folder.StoreFolder.Part;
import dev.slipway.local.store.folder.TrustedOwners;
import dev.slipway.oci.disk.FileLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCacheTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir
    private Path home;

    private Store store;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(home, TrustedOwners.NONE);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    private LocalCache cache(Map<String, String> options, Instant now) {
        return new LocalCache(store, CollectionOptions.parse(options), Clock.fixed(now, ZoneOffset.UTC));
    }

    private LocalCache cache() {
        return cache(Map.of(), NOW);
    }

    /** The folder of a cache mount, used so long ago. */
    private Path mount(String name, Duration age, int size) throws IOException {
        Path mount = Files.createDirectory(store.folder().of(Part.MOUNTS).resolve(name));
        Files.writeString(mount.resolve("file"), "x".repeat(size));
        Files.writeString(StoreFolder.mountName(mount), "id of " + name);
        Path lock = StoreFolder.mountLock(mount);
        old(Files.exists(lock) ? lock : Files.createFile(lock), age);
        return mount;
    }

    private Path tag(Duration age) throws IOException {
        return old(Files.writeString(store.folder().of(Part.TAGS).resolve("tag"), "digest"), age);
    }

    private static Path old(Path file, Duration age) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
    }

    @Test
    void whatIsKeptIsShownTheLargestFirst() throws Exception {
        mount("small", Duration.ofDays(3), 100);
        mount("large", Duration.ofDays(2), 200_000);
        tag(Duration.ZERO);

        assertThat(cache().entries())
                .extracting(CacheEntry::id)
                .startsWith("large")
                .contains("small", "tag");
        CacheEntry large = cache().entries().get(0);
        assertThat(large.type()).isEqualTo(Type.EXEC_CACHEMOUNT);
        assertThat(large.description()).isEqualTo("cache mount id of large");
        assertThat(large.size()).isGreaterThanOrEqualTo(200_000);
        assertThat(large.lastUsed()).isEqualTo(NOW.minus(Duration.ofDays(2)));
        assertThat(large.inUse()).isFalse();
    }

    @Test
    void whatWasUsedLatelyStays() throws Exception {
        Path old = mount("old", Duration.ofDays(3), 10);
        Path young = mount("young", Duration.ofDays(1), 10);

        assertThat(cache().prune(PruneRequest.EVERYTHING.withKeepDuration(Duration.ofDays(2))))
                .extracting(CacheEntry::id)
                .containsExactly("old");
        assertThat(old).doesNotExist();
        assertThat(young).isDirectory();
    }

    @Test
    void whatWasUsedLongestAgoGoesUntilThereIsRoom() throws Exception {
        mount("oldest", Duration.ofDays(3), 100_000);
        mount("older", Duration.ofDays(2), 100_000);
        mount("young", Duration.ofDays(1), 100_000);

        assertThat(cache().prune(PruneRequest.EVERYTHING.withSpace(250_000, 0, 0)))
                .extracting(CacheEntry::id)
                .containsExactly("oldest");
    }

    @Test
    void whatSomebodyUsesStays() throws Exception {
        Path mount = mount("used", Duration.ofDays(3), 10);
        FileLocks.Held held = FileLocks.exclusive(StoreFolder.mountLock(mount));
        assertThat(cache().entries()).extracting(CacheEntry::inUse).containsExactly(true);
        assertThat(cache().prune(PruneRequest.EVERYTHING.withAll())).isEmpty();
        assertThat(mount).isDirectory();

        held.close();
        assertThat(cache().prune(PruneRequest.EVERYTHING)).hasSize(1);
        assertThat(mount).doesNotExist();
    }

    @Test
    void whatIsInternalGoesOnlyWithAll() throws Exception {
        Path tag = tag(Duration.ofDays(3));
        assertThat(cache().prune(PruneRequest.EVERYTHING)).isEmpty();
        assertThat(tag).exists();
        assertThat(cache().prune(PruneRequest.EVERYTHING.withAll()))
                .extracting(CacheEntry::description)
                .containsExactly("resolved tag");
        assertThat(tag).doesNotExist();
    }

    @Test
    void whatAFilterDoesNotTakeStays() throws Exception {
        mount("one", Duration.ofDays(3), 10);
        mount("two", Duration.ofDays(3), 10);
        assertThat(cache().prune(PruneRequest.EVERYTHING.withFilter(EntryFilter.ANY.and("id!=two"))))
                .extracting(CacheEntry::id)
                .containsExactly("one");
    }

    @Test
    void aDamagedRecordGoes() throws Exception {
        Path record = Files.writeString(store.folder().of(Part.RECORDS).resolve("a".repeat(64)), "no record");
        cache().prune(PruneRequest.EVERYTHING);
        assertThat(record).doesNotExist();
    }

    @Test
    void aStoreIsCollectedByItselfWhenTheLastTimeIsLongAgo() throws Exception {
        Map<String, String> options = Map.of("gc.interval", "1h", "gc.min-free-space", "0B");
        Path forgotten = mount("forgotten", Duration.ofDays(70), 10);

        buildEnds(options, NOW);
        assertThat(forgotten)
                .as("a store that was never collected has just been made")
                .isDirectory();
        buildEnds(options, NOW.plus(Duration.ofMinutes(59)));
        assertThat(forgotten).as("it is not time yet").isDirectory();
        buildEnds(options, NOW.plus(Duration.ofMinutes(61)));
        assertThat(forgotten).doesNotExist();
    }

    @Test
    void aClockThatWasSetBackDoesNotPutItOff() throws Exception {
        Path forgotten = mount("forgotten", Duration.ofDays(170), 10);
        buildEnds(Map.of("gc.interval", "1h"), NOW);
        buildEnds(Map.of("gc.interval", "1h"), NOW.minus(Duration.ofDays(50)));
        assertThat(forgotten).doesNotExist();
    }

    @Test
    void aStoreIsNotCollectedByItselfIfThatIsNotWanted() throws Exception {
        Path forgotten = mount("forgotten", Duration.ofDays(70), 10);
        Map<String, String> options = Map.of("gc", "false", "gc.interval", "0s");
        buildEnds(options, NOW);
        buildEnds(options, NOW.plus(Duration.ofDays(1)));
        assertThat(forgotten).isDirectory();
    }

    /** Those of two processes share nothing but the store, and so do these. */
    @RepeatedTest(50)
    void whatABuildLeavesDuringACollectionIsCollectedAfterIt() throws Exception {
        Map<String, String> options = Map.of("gc.interval", "0s");
        buildEnds(options, NOW);
        List<Path> forgotten = Collections.synchronizedList(new ArrayList<>());
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> processes = new ArrayList<>();
            for (String process : List.of("one", "other")) {
                processes.add(threads.submit(() -> {
                    try (LocalCache cache =
                            new LocalCache(store, CollectionOptions.parse(options), Clock.systemUTC())) {
                        for (int i = 0; i < 3; i++) {
                            String name = process + i;
                            Path lock = StoreFolder.mountLock(
                                    store.folder().of(Part.MOUNTS).resolve(name));
                            forgotten.add(FileLocks.exclusively(lock, () -> mount(name, Duration.ofDays(70), 10)));
                            cache.buildEnded();
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> process : processes) {
                process.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(forgotten).hasSize(6).noneMatch(Files::exists);
    }

    private void buildEnds(Map<String, String> options, Instant now) {
        try (LocalCache cache = cache(options, now)) {
            cache.buildEnded();
        }
    }
}
