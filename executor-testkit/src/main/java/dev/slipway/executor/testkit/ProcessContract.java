package dev.slipway.executor.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Result;
import dev.slipway.executor.StepFailedException;
import dev.slipway.executor.VertexExecutor;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.event.LogStream;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Edge;
import dev.slipway.llb.Vertex;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The promises about steps with a process. These tests have the tag {@code end-to-end}. */
@Tag("end-to-end")
public abstract class ProcessContract extends ContractFixture {

    private static final String SECRET = "s3cret";

    private VertexExecutor executor;
    private BuildSession session;
    private VertexWork work;
    private Edge root;

    /** For subclasses. */
    protected ProcessContract() {}

    @Override
    protected abstract VertexExecutor open(Path home) throws Exception;

    /**
     * A folder that is an OCI layout with an image {@code latest} for this machine, which has {@code /bin/sh} and {@code sleep}.
     * Without one, the tests are skipped.
     *
     * @param folder an empty folder in which it may be made
     */
    protected abstract Optional<Path> imageWithShell(Path folder) throws Exception;

    @BeforeEach
    final void begin() throws Exception {
        Optional<Path> layout = imageWithShell(newFolder());
        assumeTrue(layout.isPresent(), "needs an image with a shell");
        session = new BuildSession(
                new TreeMap<>(),
                new TreeMap<>(Map.of("shell", layout.get())),
                id -> id.equals("token") ? Optional.of(SECRET.getBytes(StandardCharsets.UTF_8)) : Optional.empty(),
                new TreeMap<>(),
                Set.of(),
                new TreeMap<>(),
                Optional.empty());
        executor = closing(open(home()));
        work = closing(executor.begin(session));
        root = Llb.source("oci-layout://docker.io/library/shell:latest", Map.of("oci.store", "shell"));
    }

    /** What a process writes is in the results: in the root, and in each mount that is an output. */
    @Test
    protected void whatAProcessWritesIsInTheResults() throws Exception {
        List<Result> results = new Steps(work).run(Llb.shell(root, "echo 1 > /made; echo 2 > /other/made"));
        assertEquals(2, results.size());
        assertEquals(Optional.of("1\n"), read(results.get(0), "/made"));
        assertEquals(Optional.of("2\n"), read(results.get(1), "/made"));
        assertEquals(Optional.empty(), read(new Steps(work).run(root), "/made"));
    }

    /** The monitor hears where a process runs before it hears what the process says, on either stream. */
    @Test
    protected void theMonitorHearsTheProcess() throws Exception {
        Hearing hearing = new Hearing();
        run(Llb.shell(root, "echo said; echo complained >&2"), hearing);
        assertEquals("said\n", hearing.output.toString(StandardCharsets.UTF_8));
        assertEquals("complained\n", hearing.errors.toString(StandardCharsets.UTF_8));
        assertTrue(hearing.placedFirst, "the output came before the sandbox was named");
    }

    /** A process that fails is told apart from a step that is impossible, and its exit code is known. */
    @Test
    protected void theExitCodeOfAFailedProcessIsKnown() {
        StepFailedException failure =
                assertThrows(StepFailedException.class, () -> run(Llb.shell(root, "exit 3"), StepMonitor.NONE));
        assertEquals(3, failure.exitCode());
    }

    /** An interrupt ends the process, and what it has written is not found by the next one. */
    @Test
    protected void anInterruptEndsTheProcess() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        StepMonitor monitor = new StepMonitor() {
            @Override
            public void log(LogStream stream, byte[] bytes) {
                running.countDown();
            }
        };
        FutureTask<List<Result>> step =
                new FutureTask<>(() -> run(Llb.shell(root, "echo half > /half; echo running; sleep 100000"), monitor));
        Thread thread = new Thread(step, "interrupted step");
        thread.start();
        assertTrue(running.await(5, TimeUnit.MINUTES), "the process did not start");
        thread.interrupt();
        ExecutionException end = assertThrows(ExecutionException.class, () -> step.get(5, TimeUnit.MINUTES));
        assertTrue(end.getCause() instanceof InterruptedException, () -> "ended with " + end.getCause());
        List<Result> next = run(Llb.shell(root, "ls / > /list"), StepMonitor.NONE);
        assertTrue(read(next.get(0), "/list").orElseThrow().contains("bin"));
        assertEquals(Optional.empty(), read(next.get(0), "/half"));
    }

    /** A secret is a file for the step that mounts it, and in no result. */
    @Test
    protected void aSecretIsSeenByTheStepThatMountsItAndIsInNoResult() throws Exception {
        Vertex step = Llb.shell(
                root,
                "test \"$(cat /token)\" = " + SECRET + " && echo seen > /made",
                Llb.secret("token", "/token", false));
        Result result = run(step, StepMonitor.NONE).get(0);
        assertEquals(Optional.of("seen\n"), read(result, "/made"));
        assertEquals("", read(result, "/token").orElse(""));
    }

    /** A step does not run without a secret that it needs; one that it can do without is left out. */
    @Test
    protected void aSecretThatTheSessionLacksIsRefusedUnlessItIsOptional() throws Exception {
        Vertex needs = Llb.shell(root, "true", Llb.secret("absent", "/token", false));
        ExecutorException refusal = assertThrows(ExecutorException.class, () -> run(needs, StepMonitor.NONE));
        assertTrue(String.valueOf(refusal.getMessage()).contains("absent"), refusal.getMessage());
        Vertex optional =
                Llb.shell(root, "test ! -e /token && echo none > /made", Llb.secret("absent", "/token", true));
        assertEquals(Optional.of("none\n"), read(run(optional, StepMonitor.NONE).get(0), "/made"));
    }

    /** What a step leaves in a cache folder is there for the next one, in a later build too, and in no result. */
    @Test
    protected void aCacheFolderOutlivesTheBuildAndIsInNoResult() throws Exception {
        Vertex writes = Llb.shell(root, "echo kept > /cache/file", Llb.cache("shared", "/cache"));
        assertEquals(Optional.empty(), read(run(writes, StepMonitor.NONE).get(0), "/cache/file"));
        work.close();
        work = closing(executor.begin(session));
        Vertex reads = Llb.shell(root, "cat /cache/file > /made", Llb.cache("shared", "/cache"));
        assertEquals(Optional.of("kept\n"), read(run(reads, StepMonitor.NONE).get(0), "/made"));
        Vertex other = Llb.shell(root, "ls -A /cache > /made", Llb.cache("another", "/cache"));
        assertEquals(Optional.of(""), read(run(other, StepMonitor.NONE).get(0), "/made"));
    }

    private List<Result> run(Vertex vertex, StepMonitor monitor) throws InterruptedException {
        return work.run(vertex, new Steps(work).inputs(vertex), monitor);
    }

    private Optional<String> read(Result result, String path) throws InterruptedException {
        return work.readFile(result, path, 10_000).map(content -> new String(content, StandardCharsets.UTF_8));
    }

    private static final class Hearing implements StepMonitor {

        private final ByteArrayOutputStream output = new ByteArrayOutputStream();
        private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
        private boolean placed;
        private boolean placedFirst;

        @Override
        public synchronized void runs(String sandbox, Optional<String> emulator) {
            placed = true;
        }

        @Override
        public synchronized void log(LogStream stream, byte[] bytes) {
            placedFirst = placed;
            (stream == LogStream.OUTPUT ? output : errors).writeBytes(bytes);
        }
    }
}
