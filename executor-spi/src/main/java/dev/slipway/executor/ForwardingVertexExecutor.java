package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.cache.ExecutorCache;
import dev.slipway.executor.event.RunRecorder;
import java.util.List;
import java.util.Optional;

/** Forwards every call to another executor. A subclass overrides what it wants to change. */
public abstract class ForwardingVertexExecutor implements VertexExecutor {

    private final VertexExecutor executor;

    /** @param executor the executor to forward to; closed together with this one */
    protected ForwardingVertexExecutor(VertexExecutor executor) {
        this.executor = requireNonNull(executor, "executor is null");
    }

    @Override
    public String name() {
        return executor.name();
    }

    @Override
    public List<PlatformSupport> platforms() {
        return executor.platforms();
    }

    @Override
    public Optional<String> sandbox() throws InterruptedException {
        return executor.sandbox();
    }

    @Override
    public Optional<String> processProblem() throws InterruptedException {
        return executor.processProblem();
    }

    @Override
    public Optional<ExecutorCache> cache() {
        return executor.cache();
    }

    @Override
    public RunRecorder record() {
        return executor.record();
    }

    @Override
    public VertexWork begin(BuildSession session) {
        return executor.begin(session);
    }

    @Override
    public void close() {
        executor.close();
    }
}
