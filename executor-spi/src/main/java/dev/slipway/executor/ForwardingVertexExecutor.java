package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.cache.ExecutorCache;
import dev.slipway.executor.event.RunRecorder;
import java.util.List;
import java.util.Optional;

/** Passes everything on to another executor. A subclass changes what it overrides, and nothing else. */
public abstract class ForwardingVertexExecutor implements VertexExecutor {

    private final VertexExecutor executor;

    /** @param executor does the work, and is closed with this one */
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
