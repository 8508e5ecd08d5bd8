package dev.slipway.local;

import static dev.slipway.local.TestBuild.base;
import static dev.slipway.local.TestBuild.copy;
import static dev.slipway.local.TestBuild.file;
import static dev.slipway.local.TestBuild.local;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.CacheRecord;
import dev.slipway.executor.ExecutorSettings;
import dev.slipway.executor.Result;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.cache.CacheEntry;
import dev.slipway.executor.cache.EntryFilter;
import dev.slipway.executor.cache.ExecutorCache;
import dev.slipway.executor.cache.PruneRequest;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.event.RunRecorder;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Vertex;
import dev.slipway.local.store.folder.StoreFolder.Part;
import dev.slipway.oci.disk.FileLocks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
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
    void whatBuildsReportedIsCountedAndGoesWithInternalEntriesOnceNoBuildRuns() throws Exception {
        try (RunRecorder recorder = build.executor.record()) {
            recorder.accept(new BuildEvent.Completed(Instant.now(), Optional.of("it failed"), Optional.empty()));
        }
        assertThat(cache.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.type()).isEqualTo(CacheEntry.Type.INTERNAL);
            assertThat(entry.description()).isEqualTo("record of a build");
            assertThat(entry.size()).isPositive();
        });

        assertThat(cache.prune(PruneRequest.EVERYTHING.withAll())).isEmpty();
        build.work.close();
        assertThat(cache.prune(PruneRequest.EVERYTHING)).isEmpty();
        assertThat(files(Part.RUNS)).isOne();
        assertThat(cache.prune(PruneRequest.EVERYTHING.withAll())).hasSize(1);
        assertThat(files(Part.RUNS)).isZero();
    }

    @Test
    void whatEarlierBuildsUsedGoesThoughAlwaysSomeBuildRuns() throws Exception {
        VertexWork running = newBuild();
        build.work.close();
        for (int i = 0; i < 20; i++) {
            build.put("f", "content " + i);
            VertexWork next = newBuild();
            Vertex copied = file(Optional.empty(), Optional.of(local()), copy("/f", "/"));
            Result context = next.run(local(), List.of(), StepMonitor.NONE).get(0);
            Result made = next.run(copied, List.of(context), StepMonitor.NONE).get(0);
            running.close();
            running = next;
            cache.prune(PruneRequest.EVERYTHING.withAll());
            assertThat(next.readFile(made, "/f", 100)).contains(("content " + i).getBytes(StandardCharsets.UTF_8));
            assertThat(files(Part.LAYERS)).as("layers of the last builds").isLessThan(8);
        }
        running.close();
    }

    @Test
    void whatAStepReadsStaysWhenItsBuildHasEndedAndAnotherWaitsForIt() throws Exception {
        build.put("f", "1");
        Result context = build.run(local());
        VertexWork waiting = newBuild();
        Vertex copied = file(Optional.empty(), Optional.of(local()), copy("/f", "/"));
        FutureTask<List<Result>> step =
                new FutureTask<>(() -> build.work.run(copied, List.of(context), StepMonitor.NONE));
        // The step waits for the lock under which layers are published, long enough for all that goes on here.
        Map<String, FileLocks.Held> locks = new HashMap<>();
        for (int i = 0; i < 256; i++) {
            String prefix = String.format("%02x", i);
            locks.put(
                    prefix, FileLocks.exclusive(build.executor.store().folder().lock("publish", prefix)));
        }
        Thread thread = new Thread(step);
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
        build.work.close();
        cache.prune(PruneRequest.EVERYTHING.withAll());
        locks.values().forEach(FileLocks.Held::close);
        Result made = step.get().get(0);
        assertThat(waiting.readFile(made, "/f", 10)).contains("1".getBytes(StandardCharsets.UTF_8));
        waiting.close();
        assertThat(cache.prune(PruneRequest.EVERYTHING.withAll())).isNotEmpty();
        assertThat(cache.entries()).isEmpty();
    }

    @Test
    void aStepOfABuildThatHasEndedDoesNotBegin() {
        build.work.close();
        assertThatThrownBy(() -> build.run(local())).isInstanceOf(InterruptedException.class);
    }

    private VertexWork newBuild() {
        return build.executor.begin(BuildSession.of(Map.of("context", build.context), Map.of()));
    }

    @Test
    void whatABuildFindsWhileOthersCollectStays() throws Exception {
        build.put("b", "2");
        Vertex copied = file(Optional.empty(), Optional.of(local()), copy("/b", "/"));
        Digest key = record(copied, Duration.ZERO);
        build.work.close();
        try (var work = other.begin(BuildSession.of(Map.of(), Map.of()))) {
            Result found = work.find(key).orElseThrow().results().get(0);
            cache.prune(PruneRequest.EVERYTHING.withAll());
            assertThat(work.readFile(found, "/b", 10)).contains("2".getBytes(StandardCharsets.UTF_8));
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
                            Optional.of(local(Map.of("local.includepattern", "[\"src" + i + "\"]"))),
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
        try (var work = build.executor.begin(BuildSession.of(Map.of("context", build.context), Map.of()))) {
            Result result = work.run(local(), List.of(), StepMonitor.NONE).get(0);
            assertThat(work.readFile(result, "/b", 10)).contains("bbbb".getBytes(StandardCharsets.UTF_8));
        }
    }
}
