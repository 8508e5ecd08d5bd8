package dev.slipway.solver;

import static dev.slipway.solver.Graphs.AMD64;
import static dev.slipway.solver.Graphs.ARM64;
import static dev.slipway.solver.Graphs.copy;
import static dev.slipway.solver.Graphs.graph;
import static dev.slipway.solver.Graphs.run;
import static dev.slipway.solver.Graphs.runAgain;
import static dev.slipway.solver.Graphs.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.CacheRecord;
import dev.slipway.executor.ContentSelector;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Result;
import dev.slipway.executor.StepFailedException;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.graph.BuildGraph;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Vertex;
import dev.slipway.oci.cache.CacheGraph;
import dev.slipway.solver.cache.CacheMap;
import dev.slipway.solver.cache.ExportMode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class SolverTest {

    private static final Consumer<BuildEvent> NOBODY = event -> {};

    private final ExecutorService pool = Executors.newFixedThreadPool(4);
    private final Solver solver = new Solver("fake", pool, Clock.systemUTC());
    private final FakeWork work = new FakeWork();

    @AfterEach
    void closePool() {
        pool.shutdownNow();
    }

    private void solve(Vertex result) throws InterruptedException {
        work.ran.clear();
        work.asked.clear();
        solver.solve(graph(result), work, NOBODY);
    }

    @Test
    void everyStepRunsAfterItsInputs() throws InterruptedException {
        Vertex base = source("base");
        solve(run("second", run("first", base)));
        assertThat(work.ran).containsExactly("base", "first", "second");
    }

    @Test
    void aSecondSolveAsksOnceAndRunsNothing() throws InterruptedException {
        Vertex result = run("second", run("first", source("base")));
        solve(result);
        solve(result);
        assertThat(work.ran).isEmpty();
        assertThat(work.asked).hasSize(1);
    }

    @Test
    void aStepThatSeveralPlatformsNeedRunsOnce() throws InterruptedException {
        Vertex build = run("build", source("base"));
        Map<dev.slipway.llb.Platform, Vertex> results = new LinkedHashMap<>();
        results.put(AMD64, copy("/a", source("amd"), build));
        results.put(ARM64, copy("/a", source("arm"), build));
        BuildGraph graph = graph(results);
        solver.solve(graph, work, NOBODY);
        assertThat(work.ran).containsOnlyOnce("build");
        assertThat(graph.step(build).platforms()).containsExactly(AMD64, ARM64);
    }

    @Test
    void aChangedSourceRunsWhatIsBuiltUponIt() throws InterruptedException {
        work.sources.put("base", "one");
        Vertex result = run("second", run("first", source("base")));
        solve(result);
        work.sources.put("base", "two");
        solve(result);
        assertThat(work.ran).containsExactly("base", "first", "second");
    }

    @Test
    void aStageThatWasMadeAgainWithEqualContentIsAHitForWhoCopiesFromIt() throws InterruptedException {
        work.behaviour = (vertex, inputs) -> FakeWork.name(vertex);
        work.sources.put("context", "one");
        Vertex result = run("last", copy("/out", source("base"), run("build", source("context"))));
        solve(result);
        work.sources.put("context", "two");
        solve(result);
        assertThat(work.ran).containsExactly("context", "build");
    }

    @Test
    void aRebuiltBaseIsNoHitForWhatIsBuiltUponIt() throws InterruptedException {
        work.behaviour = (vertex, inputs) -> FakeWork.name(vertex);
        work.sources.put("context", "one");
        Vertex result = run("last", run("build", source("context")));
        solve(result);
        work.sources.put("context", "two");
        solve(result);
        assertThat(work.ran).containsExactly("context", "build", "last");
    }

    @Test
    void aReadOnlyMountCountsByContent() throws InterruptedException {
        work.behaviour = (vertex, inputs) -> FakeWork.name(vertex);
        work.sources.put("context", "one");
        Vertex result = run("use", source("base"), run("make", source("context")));
        solve(result);
        work.sources.put("context", "two");
        solve(result);
        assertThat(work.ran).containsExactly("context", "make");
    }

    @Test
    void whatIgnoresTheCacheRunsAgainAndItsNewResultIsWhatLaterSolvesFind() throws InterruptedException {
        Vertex base = source("base");
        solve(run("last", run("make", base)));
        solve(run("last", runAgain("make", base)));
        assertThat(work.ran).containsExactly("make", "last");
        solve(run("last", run("make", base)));
        assertThat(work.ran).isEmpty();
        assertThat(work.asked).hasSize(1);
        assertThat(work.records.get(work.asked.get(0)).results().get(0).id()).startsWith("last#");
    }

    @Test
    void aFileThatIsNotThereFailsBeforeWhatNeedsNoFileHasRun() {
        FakeWork lacking = new FakeWork() {
            @Override
            public Digest contentDigest(Result result, List<ContentSelector> selectors) {
                assertThat(selectors).extracting(ContentSelector::required).containsOnly(true);
                throw new ExecutorException("\"/nothere\": not found");
            }
        };
        CountDownLatch never = new CountDownLatch(1);
        lacking.behaviour = (vertex, inputs) -> {
            never.await();
            return "";
        };
        Vertex slow = run("slow", source("base"));
        Vertex copy = copy("/nothere", slow, source("context"));
        assertThatThrownBy(() -> solver.solve(graph(run("last", copy)), lacking, NOBODY))
                .isInstanceOf(SolveException.class)
                .hasMessage("for linux/amd64: \"/nothere\": not found")
                .extracting(e -> ((SolveException) e).vertex())
                .isEqualTo(copy);
        assertThat(lacking.ran).doesNotContain("last");
    }

    @Test
    void aRecordCanBeRead() throws InterruptedException {
        Vertex base = source("docker-image://docker.io/library/base:latest@sha256:" + "a".repeat(64));
        Vertex from = source("local://context");
        work.sources.put("local://context", "files");
        solve(copy("/src", base, from));
        CacheRecord source = record("docker-image://docker.io/library/base:latest@sha256:" + "a".repeat(64));
        assertThat(source.note("kind")).contains("source");
        assertThat(source.note(CacheRecord.SOURCE)).contains(FakeWork.name(base));
        assertThat(source.parts()).extracting(CacheRecord.Part::name).containsExactly("op", "source");
        List<CacheRecord> records = work.records.values().stream()
                .filter(record -> record.step().equals("copy /src"))
                .toList();
        assertThat(records).hasSize(2);
        for (CacheRecord record : records) {
            assertThat(record.note("kind")).contains("file");
            assertThat(record.note("op").orElseThrow()).contains("\"copy\":{\"src\":\"/src\"");
            assertThat(record.note("input 0").orElseThrow()).isEqualTo(base.digest() + "@0 " + FakeWork.name(base));
            assertThat(record.note("input 1").orElseThrow()).isEqualTo(from.digest() + "@0 local://context");
        }
        assertThat(records)
                .anySatisfy(record -> assertThat(record.parts())
                        .extracting(CacheRecord.Part::name)
                        .containsExactly("op", "input 0", "input 1 /src"))
                .anySatisfy(record -> assertThat(record.parts())
                        .extracting(CacheRecord.Part::name)
                        .containsExactly("op", "input 0", "input 1", "input 1 path"));
    }

    private CacheRecord record(String step) {
        return work.records.values().stream()
                .filter(record -> record.step().equals(step))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theFirstFailureStopsWhatElseRuns() {
        AtomicBoolean stopped = new AtomicBoolean();
        CountDownLatch running = new CountDownLatch(1);
        work.behaviour = (vertex, inputs) -> {
            if (FakeWork.name(vertex).equals("slow")) {
                running.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    stopped.set(true);
                    throw e;
                }
            }
            if (FakeWork.name(vertex).equals("bad")) {
                running.await();
                throw new StepFailedException("exit code: 3", 3);
            }
            return "";
        };
        Vertex bad = run("bad", source("a"));
        List<BuildEvent> events = new ArrayList<>();
        assertThatThrownBy(() -> solver.solve(graph(run("last", run("slow", source("b")), bad)), work, events::add))
                .isInstanceOf(SolveException.class)
                .hasMessage("for linux/amd64: exit code: 3")
                .extracting(e -> ((SolveException) e).vertex())
                .isEqualTo(bad);
        assertThat(stopped).isTrue();
        assertThat(events)
                .filteredOn(BuildEvent.Finished.class::isInstance)
                .extracting(event -> ((BuildEvent.Finished) event).outcome())
                .contains(BuildEvent.Outcome.FAILED, BuildEvent.Outcome.CANCELLED);
        assertThat(work.ran).doesNotContain("last");
    }

    @Test
    void anInterruptedSolveLeavesNothingRunning() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        AtomicBoolean stopped = new AtomicBoolean();
        work.behaviour = (vertex, inputs) -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                stopped.set(true);
            }
            return "";
        };
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            try {
                solver.solve(graph(run("slow", source("b"))), work, NOBODY);
            } catch (InterruptedException e) {
                interrupted.set(stopped.get());
            }
        });
        caller.start();
        running.await();
        caller.interrupt();
        caller.join();
        assertThat(interrupted).as("stopped before the solve returned").isTrue();
    }

    /** Waits until so many builds wait for a step, their own or another's. */
    private void awaitWaiting(int builds) throws InterruptedException {
        while (solver.waiting() != builds) {
            Thread.sleep(5);
        }
    }

    @Test
    void equalStepsOfTwoBuildsRunOnceAndOneMayLeave() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        work.behaviour = (vertex, inputs) -> {
            running.countDown();
            go.await();
            return "made";
        };
        ExecutorService callers = Executors.newFixedThreadPool(2);
        BuildGraph graph = graph(run("make", source("base")));
        Future<?> first = callers.submit(() -> solver.solve(graph, work, NOBODY));
        running.await();
        Future<?> second = callers.submit(() -> solver.solve(graph, work, NOBODY));
        awaitWaiting(2);
        first.cancel(true);
        awaitWaiting(1);
        go.countDown();
        second.get();
        callers.shutdownNow();
        assertThat(work.ran).containsOnlyOnce("make");
    }

    @Test
    void whatAnotherBuildMadeIsMadeAgainIfItIsGoneBeforeItIsFound() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        work.behaviour = (vertex, inputs) -> {
            running.countDown();
            go.await();
            return "made";
        };
        FakeWork forgetful = new FakeWork();
        forgetful.behaviour = (vertex, inputs) -> "made";
        ExecutorService callers = Executors.newFixedThreadPool(2);
        BuildGraph graph = graph(run("make", source("base")));
        Future<?> first = callers.submit(() -> solver.solve(graph, work, NOBODY));
        running.await();
        Future<?> second = callers.submit(() -> solver.solve(graph, forgetful, NOBODY));
        awaitWaiting(2);
        assertThat(forgetful.ran).as("it waits").doesNotContain("make");
        go.countDown();
        first.get();
        second.get();
        callers.shutdownNow();
        assertThat(forgetful.ran).containsOnlyOnce("make");
    }

    @Test
    void aStepWhoseBuildWasGoneBeforeItBeganIsRunByWhoElseWantsIt() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        FakeWork gone = new FakeWork();
        gone.behaviour = (vertex, inputs) -> {
            running.countDown();
            go.await();
            throw new InterruptedException("the build has ended");
        };
        work.behaviour = (vertex, inputs) -> "made";
        ExecutorService callers = Executors.newFixedThreadPool(2);
        BuildGraph graph = graph(run("make", source("base")));
        Future<?> first = callers.submit(() -> solver.solve(graph, gone, NOBODY));
        running.await();
        Future<?> second = callers.submit(() -> solver.solve(graph, work, NOBODY));
        awaitWaiting(2);
        first.cancel(true);
        awaitWaiting(1);
        go.countDown();
        second.get();
        callers.shutdownNow();
        assertThat(work.ran).containsOnlyOnce("make");
    }

    @Test
    void aChainOfTenThousandStepsNeedsNoDeepStack() throws InterruptedException {
        work.behaviour = (vertex, inputs) -> "";
        Vertex vertex = source("base");
        for (int i = 0; i < 10_000; i++) {
            vertex = runAgain("step " + i, vertex);
        }
        solve(vertex);
        assertThat(work.ran).hasSize(10_001);
    }

    @Test
    void recordsAreLinkedByDefinitionAndByContent() throws InterruptedException {
        Vertex base = source("docker-image://base");
        work.shared.put("docker-image://base", List.of("manifest", "chain"));
        Vertex made = run("make", base);
        Vertex copied = copy("/src", base, made);
        CacheGraph<Result> cache = solved(copied).cache(ExportMode.MAX);

        Map<Digest, CacheGraph.Entry<Result>> entries = new HashMap<>();
        cache.entries().forEach(entry -> entries.put(entry.digest(), entry));
        CacheGraph.Entry<Result> copy = entries.get(record(copied));
        assertThat(copy.inputs().get(0)).hasSize(2);
        assertThat(copy.inputs().get(1)).hasSize(2);
        assertThat(copy.inputs().get(1))
                .extracting(link -> link.selector().isPresent())
                .containsExactly(true, false);
        assertThat(copy.result()).isPresent();
        assertThat(entries.get(record(made)).result()).isPresent();
        assertThat(entries).hasSize(5);
    }

    @Test
    void aBuildInWhichAllIsFoundIsExportedAsWell() throws InterruptedException {
        Vertex copied = copy("/src", source("docker-image://base"), source("local://context"));
        work.shared.put("docker-image://base", List.of("manifest"));
        CacheGraph<Result> first = solved(copied).cache(ExportMode.MAX);

        assertThat(solved(copied).cache(ExportMode.MAX)).isEqualTo(first);
        assertThat(work.ran).doesNotHaveDuplicates();
        assertThat(first.hasResults()).isTrue();
    }

    @Test
    void whatIsOnlyReadByTheImageHasNoResultInASmallCache() throws InterruptedException {
        Vertex base = source("docker-image://base");
        work.shared.put("docker-image://base", List.of("manifest"));
        Vertex read = run("read", base);
        Vertex below = run("below", base);
        Vertex top = copy("/src", below, read);
        CacheGraph<Result> cache = solved(top).cache(ExportMode.MIN);

        assertThat(cache.entries().stream()
                        .filter(entry -> entry.result().isPresent())
                        .map(CacheGraph.Entry::digest))
                .containsExactlyInAnyOrder(record(below), record(top));
    }

    @Test
    void whatOnlyOneBuildKnowsIsNotExported() throws InterruptedException {
        Vertex upon = run("upon", source("local://context"));

        assertThat(solved(upon).cache(ExportMode.MAX).entries()).isEmpty();
    }

    private static Digest record(Vertex vertex) {
        return CacheMap.record(CacheMap.of(vertex).digest(), 0);
    }

    private Solution solved(Vertex target) throws InterruptedException {
        return solver.solve(graph(target), work, NOBODY);
    }
}
