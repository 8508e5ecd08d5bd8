package dev.slipway.solver;

import dev.slipway.executor.CacheRecord;
import dev.slipway.executor.ContentSelector;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.ResolvedImage;
import dev.slipway.executor.Result;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.llb.Digest;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An executor in memory: sources hold the text that a test gives them, and the content of every other result is a function of
 * op and inputs that a test can choose.
 */
class FakeWork implements VertexWork {

    /** What a step makes of its inputs, and how it does it. */
    interface Behaviour {
        String run(Vertex vertex, List<String> inputs) throws InterruptedException;
    }

    final Map<Digest, CacheRecord> records = new ConcurrentHashMap<>();
    final List<String> ran = Collections.synchronizedList(new ArrayList<>());
    final List<Digest> asked = Collections.synchronizedList(new ArrayList<>());
    final Map<String, String> sources = new HashMap<>();

    /** What sources are known by elsewhere. */
    final Map<String, List<String>> shared = new HashMap<>();

    private final AtomicInteger runs = new AtomicInteger();
    private final Map<String, String> contents = new ConcurrentHashMap<>();
    Behaviour behaviour = (vertex, inputs) -> name(vertex) + inputs;

    static String name(Vertex vertex) {
        return vertex.metadata().name().orElseThrow();
    }

    @Override
    public Digest sourceKey(Vertex source, StepMonitor monitor) {
        return Digest.sha256(content(source));
    }

    @Override
    public List<String> cacheKeys(Vertex source) {
        return shared.getOrDefault(((SourceOp) source.op()).identifier(), List.of());
    }

    @Override
    public Optional<Instant> sourceTime(Vertex source) {
        throw new AssertionError("a solve asks no source for its age");
    }

    private String content(Vertex source) {
        return sources.getOrDefault(((SourceOp) source.op()).identifier(), "nothing");
    }

    @Override
    public Digest contentDigest(Result result, List<ContentSelector> selectors) {
        return Digest.sha256(contents.get(result.id()));
    }

    @Override
    public Optional<CacheRecord> find(Digest key) {
        asked.add(key);
        return Optional.ofNullable(records.get(key));
    }

    @Override
    public void save(CacheRecord record) {
        records.put(record.key(), record);
    }

    @Override
    public List<Result> run(Vertex vertex, List<Result> inputs, StepMonitor monitor) throws InterruptedException {
        ran.add(name(vertex));
        String content;
        if (vertex.op() instanceof SourceOp) {
            content = content(vertex);
        } else {
            content = behaviour.run(
                    vertex,
                    inputs.stream().map(input -> contents.get(input.id())).toList());
        }
        // Each run makes a result of its own, as a real executor does, even where its content is not new.
        String id = name(vertex) + "#" + runs.incrementAndGet();
        contents.put(id, content);
        return List.of(new Result(id));
    }

    @Override
    public ResolvedImage resolveImage(ImageRequest request) {
        throw new AssertionError("a solve resolves no images");
    }

    @Override
    public Optional<byte[]> readFile(Result result, String path, int limit) {
        throw new AssertionError("a solve reads no files");
    }

    @Override
    public BuiltImage image(Result root, ImageSpec spec) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
