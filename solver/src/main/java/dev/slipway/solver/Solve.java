package dev.slipway.solver;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.CacheRecord;
import dev.slipway.executor.Result;
import dev.slipway.executor.VertexWork;
import dev.slipway.graph.BuildGraph;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceLocation;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.oci.cache.CacheGraph;
import dev.slipway.oci.cache.CacheGraph.Stored;
import dev.slipway.solver.cache.CacheMap;
import dev.slipway.solver.cache.ExportMode;
import dev.slipway.solver.cache.ImportedCache;
import dev.slipway.solver.cache.ImportedCache.Layers;
import dev.slipway.solver.cache.InputUse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One solve: a loop on the caller's thread that owns the state of every vertex. Tasks on the pool look up, read and run; what
 * they find comes back to the loop as a message.
 *
 * <p>A vertex is looked up by its definition first, so that a hit on the target ends the solve at once. If that misses, its
 * inputs are wanted; with their results it is looked up by content, and run if that misses too.
 */
final class Solve {

    private final BuildGraph graph;
    private final VertexWork work;
    private final ExecutorService pool;
    private final RunningSteps running = new RunningSteps();
    private final StepRunner runner;
    private final ImportedSteps imported;
    private final Reporter reporter;
    private final Map<Digest, Node> nodes = new HashMap<>();
    private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final Deque<Runnable> ready = new ArrayDeque<>();
    private final Set<CancellableCall> tasks = new HashSet<>();
    private final List<SolveException> unreadable = new ArrayList<>();
    private int reads;
    private @Nullable SolveException failure;
    private boolean stopped;

    Solve(
            BuildGraph graph,
            VertexWork work,
            ImportedCache imported,
            ExecutorService pool,
            Flights<List<Result>> flights,
            Reporter reporter) {
        this.graph = graph;
        this.work = work;
        this.pool = pool;
        this.runner = new StepRunner(work, flights, running, reporter);
        this.imported = new ImportedSteps(imported);
        this.reporter = reporter;
        graph.steps().forEach(step -> nodes.put(step.vertex().digest(), new Node(step.vertex(), nodes.size())));
    }

    Solution run() throws InterruptedException {
        try {
            identifySources();
            loop();
            graph.steps().forEach(step -> nameByDefinition(node(step.vertex())));
            targets().forEach(target -> ready.add(() -> want(target)));
            loop();
        } catch (InterruptedException e) {
            throw running.interruption(graph, e);
        } finally {
            stop();
        }
        Map<Platform, Result> results = new LinkedHashMap<>();
        for (Platform platform : graph.platforms()) {
            Optional<Edge> edge = graph.result(platform);
            results.put(platform, edge.map(this::result).orElse(Result.EMPTY));
        }
        return new Solution(results, this::find, this::cache, reporter);
    }

    /** What this solve had no need of may still be known from earlier ones. */
    private Optional<List<Result>> find(Vertex vertex) {
        Node node = node(vertex);
        return node.results != null
                ? Optional.of(node.results)
                : work.find(node.definition.digest()).map(CacheRecord::results);
    }

    /** The records of this build, in the order of the graph: what is deep in it is not walked to from the top. */
    private CacheGraph<Result> cache(ExportMode mode) throws InterruptedException {
        List<Edge> targets = graph.platforms().stream()
                .flatMap(platform -> graph.result(platform).stream())
                .toList();
        CacheExport export = new CacheExport(
                work, vertex -> node(vertex).definition.digest(), mode == ExportMode.MAX, ImageChain.of(targets));
        for (BuildGraph.Step step : graph.steps()) {
            for (Edge input : step.vertex().inputs()) {
                export.add(input);
            }
        }
        for (Edge target : targets) {
            export.add(target);
        }
        return export.graph().build();
    }

    /** Handles what is ready and what tasks report, until there is neither. */
    private void loop() throws InterruptedException {
        while (failure == null && !(ready.isEmpty() && tasks.isEmpty())) {
            Runnable next = ready.poll();
            (next == null ? inbox.take() : next).run();
        }
        if (failure != null) {
            throw failure;
        }
    }

    private List<Node> targets() {
        List<Node> targets = new ArrayList<>();
        graph.platforms()
                .forEach(platform -> graph.result(platform).ifPresent(edge -> targets.add(node(edge.vertex()))));
        return targets;
    }

    private void identifySources() {
        for (BuildGraph.Step step : graph.steps()) {
            Vertex vertex = step.vertex();
            if (vertex.op() instanceof SourceOp) {
                Node node = node(vertex);
                submit(node, () -> identify(vertex), key -> node.source = key);
                if (!imported.isEmpty()) {
                    submit(node, () -> work.cacheKeys(vertex), keys -> imported.source(vertex, keys));
                }
            }
        }
    }

    /** Some sources are fetched for that, which may be what takes long. */
    private Digest identify(Vertex source) throws InterruptedException {
        running.add(source);
        try {
            return work.sourceKey(source, reporter.monitor(source));
        } finally {
            running.remove(source);
        }
    }

    /** What has to be made again, and what is built upon it, has a key by definition but is not looked up by it. */
    private void nameByDefinition(Node node) {
        List<Node> inputs = inputs(node);
        node.definition = node.source == null
                ? VertexKeys.definition(
                        node.vertex,
                        node.map.orElseThrow(),
                        inputs.stream().map(input -> input.definition).toList())
                : VertexKeys.source(node.vertex, node.source);
        node.again = node.vertex.metadata().ignoreCache() || inputs.stream().anyMatch(input -> input.again);
        if (!node.again) {
            node.map.ifPresent(map -> imported.step(node.vertex, map, Map.of()));
        }
    }

    private void want(Node node) {
        if (node.wanted) {
            return;
        }
        node.wanted = true;
        if (node.again) {
            wantInputs(node);
            return;
        }
        submit(node, () -> work.find(node.definition.digest()), found -> {
            if (found.isPresent()) {
                reporter.started(node.vertex);
                reporter.cached(node.vertex, "the step and all below it are the same as before");
                finish(node, found.get().results());
            } else {
                wantImported(node);
            }
        });
    }

    private void wantImported(Node node) {
        Optional<List<Stored<Layers>>> found = imported.results(node.vertex);
        if (found.isEmpty()) {
            wantInputs(node);
            return;
        }
        submit(node, () -> runner.take(node.vertex, node.definition, found.get(), Map.of()), results -> {
            if (results.isPresent()) {
                reporter.started(node.vertex);
                reporter.cached(node.vertex, StepRunner.imported(found.get()));
                finish(node, results.get());
            } else {
                wantInputs(node);
            }
        });
    }

    private void wantInputs(Node node) {
        for (Node input : inputs(node)) {
            if (input.results == null && input.dependents.add(node)) {
                node.missing++;
                ready.add(() -> want(input));
            }
        }
        advance(node);
    }

    /**
     * Reads what can be read by now, and makes the vertex once nothing is missing. Reading does not wait for the other inputs:
     * a file that is not there fails the build before steps run for nothing.
     */
    private void advance(Node node) {
        for (int i = 0; i < node.vertex.inputs().size(); i++) {
            Edge input = node.vertex.inputs().get(i);
            InputUse use = node.use(i);
            if (use.byContent() && !node.reading.get(i) && node(input.vertex()).results != null) {
                int position = i;
                Result result = result(input);
                node.reading.set(i);
                node.missing++;
                reads++;
                submit(
                        () -> runner.read(node.vertex, result, use),
                        content -> {
                            node.contents.put(position, content);
                            node.missing--;
                            advance(node);
                            readDone();
                        },
                        cause -> {
                            unreadable.add(failed(node.vertex, cause));
                            readDone();
                        });
            }
        }
        if (node.missing == 0) {
            make(node);
        }
    }

    /** Of several that lack a file, which one is reported must not be chance: it is the last in the graph, as in BuildKit. */
    private void readDone() {
        reads--;
        if (reads == 0 && failure == null) {
            failure = unreadable.stream()
                    .max(Comparator.comparingInt(exception -> node(exception.vertex()).order))
                    .orElse(null);
        }
    }

    private void make(Node node) {
        List<Result> inputs = node.vertex.inputs().stream().map(this::result).toList();
        Optional<List<Stored<Layers>>> found = importedByContent(node);
        submit(
                node,
                () -> runner.make(node.vertex, node.map, node.definition, inputs, node.contents, found),
                results -> finish(node, results));
    }

    /** What is made again is not what others have made, nor is what is built upon it. */
    private Optional<List<Stored<Layers>>> importedByContent(Node node) {
        if (node.vertex.metadata().ignoreCache()) {
            return Optional.empty();
        }
        Map<Integer, Digest> contents = new HashMap<>();
        node.contents.forEach((input, content) -> contents.put(input, content.digest()));
        node.map.ifPresent(map -> imported.step(node.vertex, map, contents));
        return imported.results(node.vertex);
    }

    private void finish(Node node, List<Result> results) {
        node.results = results;
        for (Node dependent : node.dependents) {
            dependent.missing--;
            advance(dependent);
        }
        node.dependents.clear();
    }

    private List<Node> inputs(Node node) {
        return node.vertex.inputs().stream().map(edge -> node(edge.vertex())).toList();
    }

    private Node node(Vertex vertex) {
        return requireNonNull(nodes.get(vertex.digest()));
    }

    private Result result(Edge edge) {
        return requireNonNull(node(edge.vertex()).results).get(edge.output());
    }

    private <T> void submit(Node node, Callable<T> call, Consumer<T> then) {
        submit(call, then, cause -> fail(node.vertex, cause));
    }

    private <T> void submit(Callable<T> call, Consumer<T> then, Consumer<Throwable> failed) {
        if (stopped) {
            return;
        }
        CancellableCall task = new CancellableCall();
        // Before it is waited for: a pool that is shut down refuses it.
        pool.execute(() -> {
            Runnable message = task.run(call, then, failed);
            inbox.add(() -> {
                tasks.remove(task);
                message.run();
            });
        });
        tasks.add(task);
    }

    /** The first failure is what the solve fails with; everything else is stopped. */
    private void fail(Vertex vertex, Throwable cause) {
        if (failure == null) {
            failure = failed(vertex, cause);
        }
    }

    private SolveException failed(Vertex vertex, Throwable cause) {
        return new SolveException(vertex, reporter.step(vertex), locations(vertex), cause);
    }

    private List<SourceLocation> locations(Vertex vertex) {
        return Stream.concat(Stream.of(vertex), graph.users(vertex).stream().map(BuildGraph.Step::vertex))
                .map(candidate -> candidate.metadata().locations())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** Stops what still runs and waits for it, so that nothing is left behind, whether the solve ended well or not. */
    private void stop() {
        boolean interrupted = Thread.interrupted();
        tasks.forEach(CancellableCall::cancel);
        stopped = true;
        while (!tasks.isEmpty()) {
            try {
                inbox.take().run();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Node {

        private final Vertex vertex;
        private final int order;
        private final Optional<CacheMap> map;
        private final Map<Integer, ReadContent> contents = new HashMap<>();
        private final BitSet reading = new BitSet();
        private final Set<Node> dependents = new LinkedHashSet<>();
        private @Nullable Digest source;

        @SuppressWarnings("NullAway.Init") // All have one before any is wanted.
        private VertexKeys.Key definition;

        private boolean again;
        private boolean wanted;
        private int missing;
        private @Nullable List<Result> results;

        private Node(Vertex vertex, int order) {
            this.vertex = vertex;
            this.order = order;
            this.map = vertex.op() instanceof SourceOp ? Optional.empty() : Optional.of(CacheMap.of(vertex));
        }

        private InputUse use(int input) {
            return map.orElseThrow().inputs().get(input);
        }
    }
}
