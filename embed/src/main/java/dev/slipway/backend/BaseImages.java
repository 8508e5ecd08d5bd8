package dev.slipway.backend;

import static java.util.Objects.requireNonNull;

import dev.slipway.caller.CallerCode;
import dev.slipway.executor.BuildWork;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.ResolvedImage;
import dev.slipway.executor.text.Reason;
import dev.slipway.frontend.ImageResolver;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;

/**
 * Base-image metadata from an executor. Each image is looked up once in a build, so that all platforms and stages see the same
 * one even if its tag moves meanwhile.
 */
public final class BaseImages implements ImageResolver {

    private final BuildWork work;
    private final ExecutorService pool;
    private final UnaryOperator<String> substitution;
    private final Map<ImageRequest, FutureTask<ResolvedImage>> lookups = new ConcurrentHashMap<>();

    /** @param substitution names the image that is used in the place of another one */
    public BaseImages(BuildWork work, ExecutorService pool, UnaryOperator<String> substitution) {
        this.work = work;
        this.pool = pool;
        this.substitution = substitution;
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
            Throwable cause = requireNonNull(e.getCause());
            throw new ExecutorException(Reason.of(cause), cause);
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

    /** All images that were asked for and found. */
    public Map<ImageRequest, ResolvedImage> found() {
        Map<ImageRequest, ResolvedImage> found = new HashMap<>();
        lookups.forEach((request, lookup) -> {
            if (lookup.isDone() && !lookup.isCancelled()) {
                try {
                    found.put(request, resolve(request));
                } catch (ExecutorException e) {
                    // It turned out not to be needed.
                }
            }
        });
        return found;
    }

    private FutureTask<ResolvedImage> lookup(ImageRequest request) {
        return lookups.computeIfAbsent(
                request, wanted -> new FutureTask<>(() -> work.resolveImage(substituted(wanted))));
    }

    /** Images of layouts are the caller's own already. */
    private ImageRequest substituted(ImageRequest request) {
        if (request.layout().isPresent()) {
            return request;
        }
        String what = "cannot substitute the image " + request.reference();
        String other = CallerCode.call(what, () -> substitution.apply(request.reference()));
        if (other == null || other.equals(request.reference())) {
            return request;
        }
        try {
            String reference = ImageReference.parse(other).withDefaultTag().toString();
            return new ImageRequest(reference, request.platform(), request.layout(), request.mode());
        } catch (IllegalArgumentException e) {
            throw new ExecutorException(what + " by " + other + ": " + e.getMessage(), e);
        }
    }

    /** Carries an interrupt through code that knows nothing of waiting. */
    public static final class Interruption extends RuntimeException {

        private static final long serialVersionUID = 1;

        Interruption(InterruptedException cause) {
            super(cause);
        }
    }
}
