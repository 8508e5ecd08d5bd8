package dev.slipway.local;

import static dev.slipway.local.TestBuild.base;
import static dev.slipway.local.TestBuild.copy;
import static dev.slipway.local.TestBuild.file;
import static dev.slipway.local.TestBuild.local;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.CacheRecord;
import dev.slipway.executor.ExecutorSettings;
import dev.slipway.executor.Result;
import dev.slipway.executor.cache.CacheEntry;
import dev.slipway.executor.cache.EntryFilter;
import dev.slipway.executor.cache.ExecutorCache;
import dev.slipway.executor.cache.PruneRequest;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Vertex;
import dev.slipway.local.store.StoreFolder.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectionTest {

    @TempDir
    private Path folder;

    private TestBuild build;
    private LocalExecutor other;
    private ExecutorCache cache;

    @BeforeEach
    void begin() throws IOException {
        build = new TestBuild(folder);
        other = LocalExecutor.open(ExecutorSettings.of(folder.resolve("home")));
        cache = other.cache().orElseThrow();
    }

    @AfterEach
    void end() {
        build.close();
        other.close();
    }

    private Digest record(Vertex vertex, Duration age) throws IOException, InterruptedException {
        Result result = build.run(vertex);
        Digest key = Digest.sha256(vertex.digest() + " key");
        build.work.save(new CacheRecord(key, "step", List.of(), List.of(), List.of(result)));
        age(key, age);
        return key;
    }

    private void age(Digest key, Duration age) throws IOException {
        Path file = build.executor.store().folder().of(Part.RECORDS).resolve(key.hex());
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    private long files(Part part) throws IOException {
        try (Stream<Path> files = Files.list(build.executor.store().folder().of(part))) {
            return files.count();
        }
    }

    @Test
    void whatARunningBuildUsesStaysUntilItEnds() throws Exception {
        new TestImage().layer().file("a", "1").write(build.layout);
        build.put("b", "2");
        Vertex copied = file(Optional.of(base()), Optional.of(local()), copy("/b", "/"));
        Digest key = record(copied, Duration.ZERO);

        assertThat(cache.entries()).extracting(CacheEntry::inUse).contains(true);
        cache.prune(PruneRequest.EVERYTHING.withAll());
        assertThat(build.list(copied)).containsExactly("a 644 1", "b 644 2");
        assertThat(build.work.find(key)).isPresent();

        build.work.close();
        assertThat(cache.prune(PruneRequest.EVERYTHING.withAll())).isNotEmpty();
        assertThat(cache.entries()).isEmpty();
        for (Part part : List.of(
                Part.LAYERS, Part.CONTENTS, Part.TREES, Part.BLOBS, Part.LAYER_BLOBS, Part.SNAPSHOTS, Part.RECORDS)) {
            assertThat(files(part)).as(part.name()).isZero();
        }
    }

    @Test
    void whatABuildFindsWhileOthersCollectStays() throws Exception {
        build.put("b", "2");
        Vertex copied = file(Optional.empty(), Optional.of(local()), copy("/b", "/"));
        Digest key = record(copied, Duration.ZERO);
        build.work.close();
        try (var work = other.begin(dev.slipway.executor.BuildSession.of(java.util.Map.of(), java.util.Map.of()))) {
            Result found = work.find(key).orElseThrow().results().get(0);
            cache.prune(PruneRequest.EVERYTHING.withAll());
            assertThat(work.readFile(found, "/b", 10)).contains("2".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatWasUsedLatelyStaysWithAllThatItIsMadeOf() throws Exception {
        build.put("old", "1").put("new", "22").put("lost", "333");
        Vertex first = file(Optional.empty(), Optional.of(local()), copy("/old", "/"));
        Vertex second = file(Optional.of(first), Optional.of(local()), copy("/new", "/"));
        Vertex third = file(Optional.empty(), Optional.of(local()), copy("/lost", "/"));
        Digest kept = record(second, Duration.ZERO);
        Digest below = record(first, Duration.ofDays(3));
        Digest gone = record(third, Duration.ofDays(3));
        build.work.close();

        cache.prune(PruneRequest.EVERYTHING.withKeepDuration(Duration.ofHours(24)));
        assertThat(build.work.find(kept)).isPresent();
        assertThat(build.work.find(below)).as("the newer one is built upon it").isPresent();
        assertThat(build.work.find(gone)).isEmpty();
        assertThat(build.list(second)).containsExactly("new 644 22", "old 644 1");
    }

    @Test
    void whatWasUsedLongestAgoGoesFirst() throws Exception {
        Digest[] keys = new Digest[4];
        for (int i = 0; i < keys.length; i++) {
            build.put("src" + i + "/f", "x".repeat(100_000) + i);
            keys[i] = record(
                    file(
                            Optional.empty(),
                            Optional.of(local(java.util.Map.of("local.includepattern", "[\"src" + i + "\"]"))),
                            copy("/src" + i, "/")),
                    Duration.ofHours(10 - i));
        }
        build.work.close();
        cache.prune(PruneRequest.EVERYTHING.withSpace(220_000, 0, 0));
        assertThat(build.work.find(keys[0])).isEmpty();
        assertThat(build.work.find(keys[1])).isEmpty();
        assertThat(build.work.find(keys[2])).isPresent();
        assertThat(build.work.find(keys[3])).isPresent();
        cache.prune(PruneRequest.EVERYTHING.withSpace(1, 1_000_000, 0));
        assertThat(build.work.find(keys[2])).as("what is reserved stays").isPresent();
    }

    @Test
    void leftoversOfAKilledBuildGo() throws Exception {
        build.work.close();
        Path layers = build.executor.store().folder().of(Part.CONTENTS);
        Files.writeString(layers.resolve("a".repeat(64)), "lost");
        cache.prune(PruneRequest.EVERYTHING.withFilter(EntryFilter.ANY.and("type=exec.cachemount")));
        assertThat(files(Part.CONTENTS)).isZero();
    }

    @Test
    void aLayerThatIsMadeAgainWithItsBytesElsewhereIsReadRight() throws Exception {
        build.put("a", "aaaa").put("b", "bbbb");
        Vertex both = file(Optional.empty(), Optional.of(local()), copy("/", "/"));
        record(both, Duration.ZERO);
        assertThat(build.list(both)).containsExactly("a 644 aaaa", "b 644 bbbb");
        build.work.close();
        cache.prune(PruneRequest.EVERYTHING);
        // The same folder at another place, seen by the same process, whose memory of the store is out of date now.
        try (TestBuild again = new TestBuild(folder)) {
            assertThat(again.list(both)).containsExactly("a 644 aaaa", "b 644 bbbb");
        }
        try (var work = build.executor.begin(
                dev.slipway.executor.BuildSession.of(java.util.Map.of("context", build.context), java.util.Map.of()))) {
            Result result = work.run(local(), List.of(), dev.slipway.executor.StepMonitor.NONE)
                    .get(0);
            assertThat(work.readFile(result, "/b", 10))
                    .contains("bbbb".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
