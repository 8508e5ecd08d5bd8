package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.ImageContent;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.executor.image.RemoteLayer;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Forwards every call to other work. A subclass overrides what it wants to change. */
public abstract class ForwardingVertexWork implements VertexWork {

    private final VertexWork work;

    /** @param work the work to forward to; closed together with this one */
    protected ForwardingVertexWork(VertexWork work) {
        this.work = requireNonNull(work, "work is null");
    }

    @Override
    public ResolvedImage resolveImage(ImageRequest request) throws InterruptedException {
        return work.resolveImage(request);
    }

    @Override
    public Digest sourceKey(Vertex source, StepMonitor monitor) throws InterruptedException {
        return work.sourceKey(source, monitor);
    }

    @Override
    public Optional<Instant> sourceTime(Vertex source) throws InterruptedException {
        return work.sourceTime(source);
    }

    @Override
    public Optional<String> sourcePin(Vertex source) throws InterruptedException {
        return work.sourcePin(source);
    }

    @Override
    public ImageContent imageContent(ImageRequest request) throws InterruptedException {
        return work.imageContent(request);
    }

    @Override
    public Optional<String> missing(Vertex source) throws InterruptedException {
        return work.missing(source);
    }

    @Override
    public List<String> cacheKeys(Vertex source) throws InterruptedException {
        return work.cacheKeys(source);
    }

    @Override
    public Digest contentDigest(Result result, List<ContentSelector> selectors) throws InterruptedException {
        return work.contentDigest(result, selectors);
    }

    @Override
    public Optional<CacheRecord> find(Digest key) {
        return work.find(key);
    }

    @Override
    public void save(CacheRecord record) {
        work.save(record);
    }

    @Override
    public Optional<Result> remote(List<RemoteLayer> layers) throws InterruptedException {
        return work.remote(layers);
    }

    @Override
    public List<Result> run(Vertex vertex, List<Result> inputs, StepMonitor monitor) throws InterruptedException {
        return work.run(vertex, inputs, monitor);
    }

    @Override
    public Optional<byte[]> readFile(Result result, String path, int limit) throws InterruptedException {
        return work.readFile(result, path, limit);
    }

    @Override
    public List<ProgramFile> programs(Result result, Predicate<Platform> wanted) throws InterruptedException {
        return work.programs(result, wanted);
    }

    @Override
    public BuiltImage image(Result root, ImageSpec spec) {
        return work.image(root, spec);
    }

    @Override
    public void close() {
        work.close();
    }
}
