package dev.slipway;

import static java.util.Objects.requireNonNull;

import dev.slipway.backend.Client;
import dev.slipway.backend.Engines;
import dev.slipway.backend.ExecutorLookup;
import dev.slipway.describe.CheckReport;
import dev.slipway.describe.TargetList;
import dev.slipway.describe.TargetOutline;
import dev.slipway.executor.BuildExecutor;
import dev.slipway.executor.ExecutorSettings;
import dev.slipway.executor.cache.CacheEntry;
import dev.slipway.executor.cache.ExecutorCache;
import dev.slipway.executor.cache.PruneRequest;
import dev.slipway.executor.event.RunRecorder;
import dev.slipway.frontend.Conversion;
import dev.slipway.llb.Platform;
import dev.slipway.lock.Lock;
import dev.slipway.oci.disk.DeepStack;
import dev.slipway.plan.Plan;
import dev.slipway.progress.Progress;
import dev.slipway.routing.Candidate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Builds Dockerfiles. One instance serves many builds at once, from any thread; equal steps of builds that run at the same
 * time run once.
 *
 * <pre>{@code
 * try (Slipway slipway = Slipway.open()) {
 *     BuildResult result = slipway.build(request, Progress.plain(System.err));
 *     result.image("linux/arm64").config().entrypoint();
 * }
 * }</pre>
 */
public final class Slipway implements AutoCloseable {

    private final Engines engines;
    private final Progress progress;
    private final Optional<ExecutorService> own;
    private final Calls calls = new Calls();

    Slipway(List<Candidate> candidates, Client client, Progress progress, Optional<ExecutorService> pool) {
        this.own = pool.isPresent() ? Optional.empty() : Optional.of(daemons());
        this.engines = new Engines(candidates, pool.or(() -> own).orElseThrow(), client);
        this.progress = progress;
    }

    /** Returns a builder for executors, credentials and other settings. */
    public static SlipwayBuilder builder() {
        return new SlipwayBuilder();
    }

    /**
     * Opens the local executor on the user's store: the folder in the environment variable {@code SLIPWAY_HOME}, else {@code slipway}
     * in the user's cache folder. The users in {@code SLIPWAY_STORE_TRUSTED_OWNERS} may own folders that lead to it.
     *
     * @throws BuildException if there is no local executor, or the store cannot be used
     */
    public static Slipway open() {
        return builder().open();
    }

    /**
     * Opens the local executor on a store of its own.
     *
     * @param home the folder of the store, which several processes may share
     * @throws BuildException if there is no local executor, or the store cannot be used, for example because others could change
     *     its content
     */
    public static Slipway open(Path home) {
        return open(home, Map.of());
    }

    /**
     * Opens the local executor on a store of its own.
     *
     * @param home the folder of the store, which several processes may share
     * @param options options of the local executor, such as {@code sandbox} ({@code built-in}, {@code crun}, {@code runc}) or
     *     {@code store.trusted-owners}, who else may own the folders that lead to the store
     * @throws BuildException if there is no local executor, it does not know an option, or the store cannot be used
     */
    public static Slipway open(Path home, Map<String, String> options) {
        requireNonNull(home, "home is null");
        return open(
                ExecutorLookup.LOCAL,
                new ExecutorSettings(home, new TreeMap<>(requireNonNull(options, "options is null"))));
    }

    /**
     * Opens an executor.
     *
     * @param executor the name, such as {@code local}
     * @param settings its settings
     * @throws BuildException if there is no such executor on the class path or module path, or it cannot be opened
     */
    public static Slipway open(String executor, ExecutorSettings settings) {
        return builder().executor(executor, settings).open();
    }

    /** Builds on this executor, which is closed together with the instance. */
    public static Slipway on(BuildExecutor executor) {
        return builder().executor(executor).open();
    }

    /**
     * Builds, and reports to the progress of this instance.
     *
     * @return an image for each platform
     * @throws BuildException if the request is refused or the build fails. Then no output has been touched
     * @throws InterruptedException if this thread was interrupted. Then nothing is running any more
     * @throws IllegalStateException if this instance is closed
     */
    public BuildResult build(BuildRequest request) throws InterruptedException {
        return build(request, progress);
    }

    /**
     * Builds.
     *
     * @param progress receives the events. If it throws, it receives no more of them, and the build goes on: {@link
     *     BuildResult#progressFailure()} returns what it threw
     * @return an image for each platform
     * @throws BuildException if the request is refused or the build fails. Then no output has been touched
     * @throws InterruptedException if this thread was interrupted. Then nothing is running any more
     * @throws IllegalStateException if this instance is closed
     */
    public BuildResult build(BuildRequest request, Progress progress) throws InterruptedException {
        requireNonNull(request, "request is null");
        requireNonNull(progress, "progress is null");
        return calls.run(building(request, progress));
    }

    /**
     * Builds in the background, and reports to the progress of this instance.
     *
     * @return as {@link #buildAsync(BuildRequest, Progress)}
     * @throws IllegalStateException if this instance is closed
     */
    public CompletableFuture<BuildResult> buildAsync(BuildRequest request) {
        return buildAsync(request, progress);
    }

    /**
     * Builds in the background, on a thread of its own.
     *
     * @param progress receives the events
     * @return completes with an image for each platform, or with the {@link BuildException}. Cancelling the future, or completing it
     *     in another way such as {@code orTimeout}, stops the build without waiting for its end. Futures derived from this one
     *     stop nothing
     * @throws IllegalStateException if this instance is closed
     */
    public CompletableFuture<BuildResult> buildAsync(BuildRequest request, Progress progress) {
        requireNonNull(request, "request is null");
        requireNonNull(progress, "progress is null");
        return calls.start("slipway-build", building(request, progress));
    }

    private Calls.Work<BuildResult> building(BuildRequest request, Progress progress) {
        return TimeLimit.of(request, call -> {
            try (RunRecorder recorder = engines.first().record()) {
                return new BuildRun(request, engines, new Listener(progress, recorder), call).run();
            }
        });
    }

    /**
     * Says what a build would do. Nothing runs and nothing is written. Metadata of base images is read, and a context that is not on
     * this machine is fetched for its Dockerfile.
     *
     * @throws BuildException if the request is refused
     */
    public Plan plan(BuildRequest request) throws InterruptedException {
        return look(request, Build::plan);
    }

    /**
     * Converts the Dockerfile for each platform, without running anything. Metadata of base images is read.
     *
     * @return for each platform, in the order of the request, its graph and image config
     * @throws BuildException if the request is refused
     */
    public Map<Platform, Conversion> convert(BuildRequest request) throws InterruptedException {
        return look(request, Build::convert);
    }

    /**
     * Finds the digest of all that a build takes from outside: images for each platform, repositories and URLs. Nothing runs;
     * repositories are asked, and files behind URLs are downloaded.
     *
     * @return a lock for {@link BuildRequest#locked}, which {@link Lock#write} writes
     * @throws BuildException if the request is refused, or a source cannot be read
     */
    public Lock lock(BuildRequest request) throws InterruptedException {
        return look(request, Build::lock);
    }

    /**
     * Writes all that a build takes from outside into an OCI layout, from which {@link BuildRequest#bundle} builds without a network:
     * base images for each platform, and the files of repositories and URLs.
     *
     * @param layout an archive if its name ends in {@code .tar}, else a folder. An existing bundle is replaced
     * @return the lock of the build, which is also in the bundle
     * @throws BuildException if the request is refused, a source cannot be read, or the bundle cannot be written
     */
    public Lock bundle(BuildRequest request, Path layout) throws InterruptedException {
        requireNonNull(layout, "layout is null");
        return look(request, build -> build.bundle(layout, Progress.none()));
    }

    /**
     * Checks the Dockerfile, with BuildKit's checks and Slipway's own for builds for several platforms.
     *
     * @throws BuildException if the request is refused. Errors in the Dockerfile are part of the report
     */
    public CheckReport check(BuildRequest request) throws InterruptedException {
        return look(request, Build::check);
    }

    /**
     * Lists the arguments, secrets and agents that the target uses.
     *
     * @throws BuildException if the request is refused
     */
    public TargetOutline outline(BuildRequest request) throws InterruptedException {
        return look(request, Build::outline);
    }

    /**
     * Lists the stages of the Dockerfile.
     *
     * @throws BuildException if the request is refused
     */
    public TargetList targets(BuildRequest request) throws InterruptedException {
        return look(request, Build::targets);
    }

    /**
     * Lists what is kept for later builds, largest first.
     *
     * @throws BuildException if it cannot be read
     */
    public List<CacheEntry> cacheEntries() throws InterruptedException {
        return calls.run(call -> Failures.translate(() -> cache().entries()));
    }

    /**
     * Removes what the request selects, except what running builds use, in this process or another.
     *
     * @return what was removed
     * @throws BuildException if it cannot be removed
     */
    public List<CacheEntry> pruneCache(PruneRequest request) throws InterruptedException {
        requireNonNull(request, "request is null");
        return calls.run(call -> Failures.translate(() -> cache().prune(request)));
    }

    private ExecutorCache cache() {
        return engines.executors().stream()
                .flatMap(executor -> executor.cache().stream())
                .findFirst()
                .orElseThrow(() ->
                        new BuildException("the executor " + engines.first().name() + " keeps no cache"));
    }

    private <T> T look(BuildRequest request, Look<T> look) throws InterruptedException {
        requireNonNull(request, "request is null");
        return calls.run(TimeLimit.of(request, call -> {
            try (Build build = Build.open(request, engines, Progress.none())) {
                return look.at(build);
            }
        }));
    }

    /** A question about a build that does not run it. */
    private interface Look<T> {
        T at(Build build) throws InterruptedException;
    }

    /**
     * Stops running builds: their callers get a {@link BuildException}. Returns when nothing is running any more. From then on, every
     * other method throws.
     */
    @Override
    public void close() {
        if (calls.close()) {
            own.ifPresent(ExecutorService::shutdownNow);
        } else {
            // Queued builds have been cancelled, and their callers must be told.
            own.ifPresent(ExecutorService::shutdown);
        }
        engines.close();
    }

    private static ExecutorService daemons() {
        AtomicInteger count = new AtomicInteger();
        return Executors.newFixedThreadPool(
                Math.max(4, 2 * Runtime.getRuntime().availableProcessors()),
                task -> DeepStack.newThread(task, "slipway-" + count.incrementAndGet()));
    }
}
