package dev.slipway.executor.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.executor.ContentSelector;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Result;
import dev.slipway.executor.VertexExecutor;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.DiffOp;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.MergeOp;
import dev.slipway.llb.Op;
import dev.slipway.llb.Vertex;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises about steps without a process: copies, new files, merged and compared roots. */
public abstract class StepContract extends ContractFixture {

    private static final int THREADS = 8;

    private VertexWork work;

    /** For subclasses. */
    protected StepContract() {}

    @Override
    protected abstract VertexExecutor open(Path home) throws Exception;

    @BeforeEach
    final void begin() throws Exception {
        Path context = newFolder();
        write(context, "a", "1");
        write(context, "folder/b", "2");
        work = closing(closing(open(home())).begin(offering(context)));
    }

    /** A source is a root with the files that the client offers. */
    @Test
    protected void aSourceHoldsTheFilesOfTheClient() throws Exception {
        assertEquals(Optional.of("1"), read(Llb.context(), "/a"));
        assertEquals(Optional.of("2"), read(Llb.context(), "/folder/b"));
    }

    /** A copy puts files where it says, beside what is there. */
    @Test
    protected void aCopyAddsFiles() throws Exception {
        Edge root = Llb.file(Optional.empty(), Optional.empty(), Llb.makeFile("/kept", "3"));
        Edge copied = Llb.file(Optional.of(root), Optional.of(Llb.context()), Llb.copy("/folder", "/new/place/"));
        assertEquals(Optional.of("2"), read(copied, "/new/place/b"));
        assertEquals(Optional.of("3"), read(copied, "/kept"));
        assertEquals(Optional.empty(), read(copied, "/a"));
    }

    /** Each action of a step sees what the one before has done. */
    @Test
    protected void actionsOfAStepFollowEachOther() throws Exception {
        Edge made = Llb.file(
                Optional.empty(),
                Optional.empty(),
                Llb.makeDirectory("/folder"),
                Llb.makeFile("/folder/file", "1"),
                Llb.makeFile("/folder/other", "2"),
                Llb.symlink("folder/file", "/link"),
                Llb.remove("/folder/other"));
        assertEquals(Optional.of("1"), read(made, "/link"));
        assertEquals(Optional.empty(), read(made, "/folder/other"));
    }

    /** A step changes a root of its own: what it was made from stays what it is. */
    @Test
    protected void whatAStepReadsIsNotChanged() throws Exception {
        Edge before = Llb.copied(Llb.context());
        Edge after = Llb.changed(before, Llb.makeFile("/a", "changed"), Llb.remove("/folder"));
        Steps steps = new Steps(work);
        assertEquals(Optional.of("changed"), read(steps.run(after), "/a"));
        assertEquals(Optional.of("1"), read(steps.run(before), "/a"));
        assertEquals(Optional.of("2"), read(steps.run(before), "/folder/b"));
    }

    /** A step has as many results as its op has outputs, in their order. */
    @Test
    protected void aStepGivesAResultForEachOutput() throws Exception {
        FileOp op = new FileOp(List.of(
                new FileAction(Op.NONE, Op.NONE, 1, Llb.makeFile("/file", "first")),
                new FileAction(Op.NONE, Op.NONE, 0, Llb.makeFile("/file", "second"))));
        Vertex vertex = Llb.edge(op, List.of(), Optional.empty()).vertex();
        List<Result> results = new Steps(work).run(vertex);
        assertEquals(2, results.size());
        assertEquals(Optional.of("second"), read(results.get(0), "/file"));
        assertEquals(Optional.of("first"), read(results.get(1), "/file"));
    }

    /** The same step with the same inputs has the same content, however often it runs. */
    @Test
    protected void theSameStepGivesTheSameContent() throws Exception {
        Edge copied = Llb.copied(Llb.context());
        assertEquals(digest(new Steps(work).run(copied)), digest(new Steps(work).run(copied)));
    }

    /** The empty root can be changed, though no step made it. */
    @Test
    protected void theEmptyRootCanBeChanged() throws Exception {
        Edge changed = Llb.changed(Llb.context(), Llb.makeFile("/new", "3"));
        List<Result> results = work.run(changed.vertex(), List.of(Result.EMPTY), StepMonitor.NONE);
        assertEquals(Optional.of("3"), read(results.get(0), "/new"));
        assertEquals(Optional.empty(), read(results.get(0), "/a"));
    }

    /** Merged roots lie over each other, the last one on top. */
    @Test
    protected void mergedRootsLieOverEachOther() throws Exception {
        Edge upper = Llb.file(Optional.empty(), Optional.empty(), Llb.makeFile("/a", "upper"));
        Edge merged = Llb.edge(new MergeOp(List.of(0, 1)), List.of(Llb.copied(Llb.context()), upper), Optional.empty());
        assertEquals(Optional.of("upper"), read(merged, "/a"));
        assertEquals(Optional.of("2"), read(merged, "/folder/b"));
    }

    /** The difference of two roots holds what the upper one has and the lower one has not. */
    @Test
    protected void aDifferenceHoldsWhatWasAdded() throws Exception {
        Edge lower = Llb.copied(Llb.context());
        Edge upper = Llb.changed(lower, Llb.makeFile("/added", "3"));
        Edge difference = Llb.edge(new DiffOp(0, 1), List.of(lower, upper), Optional.empty());
        assertEquals(Optional.of("3"), read(difference, "/added"));
        assertEquals(Optional.empty(), read(difference, "/a"));
    }

    /** A copy of something that is not there is refused with a message that names it. */
    @Test
    protected void aCopyOfAMissingFileIsRefused() {
        Edge copied = Llb.file(Optional.empty(), Optional.of(Llb.context()), Llb.copy("/absent", "/"));
        ExecutorException refusal = assertThrows(ExecutorException.class, () -> new Steps(work).run(copied));
        assertTrue(String.valueOf(refusal.getMessage()).contains("absent"), refusal.getMessage());
    }

    /** Threads that run steps at the same time, equal ones among them, do not disturb each other. */
    @Test
    protected void stepsRunInSeveralThreadsAtOnce() throws Exception {
        Edge copied = Llb.copied(Llb.context());
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Callable<Digest>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Edge changed = Llb.changed(copied, Llb.makeFile("/made", "by " + i % 2));
            tasks.add(() -> {
                start.await();
                return digest(new Steps(work).run(changed));
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Digest> digests = new ArrayList<>();
            for (Future<Digest> future : threads.invokeAll(tasks)) {
                digests.add(future.get());
            }
            assertEquals(2, new HashSet<>(digests).size());
            for (int i = 2; i < THREADS; i++) {
                assertEquals(digests.get(i % 2), digests.get(i));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** An interrupt may come at any time, even before a step begins. The step runs as usual the next time. */
    @Test
    protected void aStepThatWasInterruptedCanRunAgain() throws Exception {
        Edge copied = Llb.copied(Llb.context());
        Thread.currentThread().interrupt();
        try {
            new Steps(work).run(copied);
        } catch (InterruptedException e) {
            // As it should be; a step that is faster than the interrupt has done no harm either.
        } finally {
            Thread.interrupted();
        }
        assertEquals(Optional.of("1"), read(copied, "/a"));
        assertEquals(Optional.of("2"), read(copied, "/folder/b"));
    }

    /** Work that has ended runs nothing. */
    @Test
    protected void closedWorkRunsNothing() {
        work.close();
        assertThrows(Exception.class, () -> new Steps(work).run(Llb.copied(Llb.context())));
    }

    private Digest digest(Result result) throws InterruptedException {
        return work.contentDigest(result, List.of(ContentSelector.of("/")));
    }

    private Optional<String> read(Edge edge, String path) throws InterruptedException {
        return read(new Steps(work).run(edge), path);
    }

    private Optional<String> read(Result result, String path) throws InterruptedException {
        return work.readFile(result, path, 100).map(content -> new String(content, StandardCharsets.UTF_8));
    }
}
