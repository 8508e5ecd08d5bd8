package dev.slipway;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.ResolvedImage;
import dev.slipway.executor.VertexWork;
import dev.slipway.frontend.ImageResolver;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;

/**
 * Base-image metadata from an executor. Each image is looked up once in a build, so that all platforms and stages see the same
 * one even if its tag moves meanwhile.
 */
final class BaseImages implements ImageResolver {

    private final VertexWork work;
    private final ExecutorService pool;
    private final Map<ImageRequest, FutureTask<ResolvedImage>> lookups = new ConcurrentHashMap<>();

    BaseImages(VertexWork work, ExecutorService pool) {
        this.work = work;
        this.pool = pool;
    }

    @Override
    public ResolvedImage resolve(ImageRequest request) {
        FutureTask<ResolvedImage> lookup = lookup(request);
        // Whoever needs it first does it, should no thread of the pool have begun yet; a second run does nothing.
        lookup.run();
        try {
            return lookup.get();
        } catch (InterruptedException e) {
            throw new Interruption(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ExecutorException failure) {
                throw failure;
            }
            if (e.getCause() instanceof InterruptedException interrupted) {
                throw new Interruption(interrupted);
            }
            throw new ExecutorException(String.valueOf(e.getCause().getMessage()), e.getCause());
        }
    }

    @Override
    public void expect(Collection<ImageRequest> requests) {
        requests.forEach(request -> pool.execute(lookup(request)));
    }

    @Override
    public OptionalLong time(SourceOp source) {
        Vertex vertex = Vertex.of(source, List.of(), Optional.empty(), VertexMetadata.EMPTY);
        try {
            return work.sourceTime(vertex)
                    .map(time -> OptionalLong.of(time.getEpochSecond()))
                    .orElse(OptionalLong.empty());
        } catch (InterruptedException e) {
            throw new Interruption(e);
        }
    }

    private FutureTask<ResolvedImage> lookup(ImageRequest request) {
        return lookups.computeIfAbsent(request, wanted -> new FutureTask<>(() -> work.resolveImage(wanted)));
    }

    /** Carries an interrupt through code that knows nothing of waiting. */
    static final class Interruption extends RuntimeException {

        private static final long serialVersionUID = 1;

        Interruption(InterruptedException cause) {
            super(cause);
        }
    }
}
