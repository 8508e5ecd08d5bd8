package dev.slipway.local;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.CacheRecord;
import dev.slipway.executor.ContentSelector;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.ProgramFile;
import dev.slipway.executor.ResolvedImage;
import dev.slipway.executor.Result;
import dev.slipway.executor.StepFailedException;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.ImageContent;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.executor.image.RemoteLayer;
import dev.slipway.executor.pattern.PatternException;
import dev.slipway.llb.Digest;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.local.cdi.CdiDevices;
import dev.slipway.local.cdi.ContainerEdits;
import dev.slipway.local.exec.CacheMounts;
import dev.slipway.local.exec.ProcessRunner;
import dev.slipway.local.exec.StepNeeds;
import dev.slipway.local.image.LocalImage;
import dev.slipway.local.layer.MissingFileException;
import dev.slipway.local.layer.PathResolver;
import dev.slipway.local.layer.PathResolver.Place;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.layer.Selection;
import dev.slipway.local.program.Programs;
import dev.slipway.local.source.BaseImageSource;
import dev.slipway.local.source.DownloadSource;
import dev.slipway.local.source.FolderSource;
import dev.slipway.local.source.RepositorySource;
import dev.slipway.local.source.Source;
import dev.slipway.local.store.ContentReader;
import dev.slipway.local.store.Snapshot;
import dev.slipway.local.store.Store;
import dev.slipway.local.store.StoreTask;
import dev.slipway.oci.disk.DeepStack;
import dev.slipway.oci.disk.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The work for one build. */
final class LocalWork implements VertexWork {

    private final LocalExecutor executor;
    private final Store store;
    private final BuildSession session;
    private final Store.Use use;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger users = new AtomicInteger(1);
    private final Set<String> renewed = ConcurrentHashMap.newKeySet();
    private final BaseImageSource images;
    private final FolderSource folders;
    private final DownloadSource urls;
    private final RepositorySource repositories;

    private LocalWork(LocalExecutor executor, BuildSession session, Store.Use use) {
        this.executor = executor;
        this.store = executor.store();
        this.session = session;
        this.use = use;
        this.images = new BaseImageSource(store, session, executor.registries(session));
        this.folders = new FolderSource(store, executor.contexts(), session.directories());
        this.urls = new DownloadSource(store, executor.downloads(), session);
        this.repositories = new RepositorySource(store, session);
    }

    static LocalWork begin(LocalExecutor executor, BuildSession session) {
        try {
            return new LocalWork(executor, session, executor.store().use());
        } catch (IOException e) {
            throw new ExecutorException("cannot use the store: " + FileErrors.reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecutorException("the build was interrupted", e);
        }
    }

    private static <T> T perform(StoreTask<T> task) throws InterruptedException {
        try {
            return StoreTask.perform(task);
        } catch (PatternException e) {
            throw new ExecutorException(
                    "invalid pattern: " + e.getMessage()
                            + "; close each [ with a ], and write \\[ for one that is a name's",
                    e);
        }
    }

    @Override
    public ResolvedImage resolveImage(ImageRequest request) throws InterruptedException {
        return perform(() -> images.resolve(request));
    }

    @Override
    public Digest sourceKey(Vertex vertex, StepMonitor monitor) throws InterruptedException {
        return perform(() -> source(vertex).key(vertex, monitor));
    }

    @Override
    public List<String> cacheKeys(Vertex vertex) throws InterruptedException {
        return perform(() -> source(vertex).sharedKeys(vertex));
    }

    @Override
    public Optional<Instant> sourceTime(Vertex vertex) throws InterruptedException {
        return perform(() -> source(vertex).time(vertex));
    }

    @Override
    public Optional<String> sourcePin(Vertex vertex) throws InterruptedException {
        return perform(() -> source(vertex).pin(vertex));
    }

    @Override
    public ImageContent imageContent(ImageRequest request) throws InterruptedException {
        return perform(() -> images.content(request));
    }

    @Override
    public Optional<String> missing(Vertex vertex) throws InterruptedException {
        return perform(() -> source(vertex).missing(vertex));
    }

    private Source source(Vertex vertex) {
        SourceOp op = (SourceOp) vertex.op();
        return switch (op.scheme()) {
            case "docker-image", "oci-layout" -> images;
            case "local" -> folders;
            case "http", "https" -> urls;
            case "git" -> repositories;
            default -> throw new ExecutorException("the local executor knows no source " + op.identifier());
        };
    }

    @Override
    public Digest contentDigest(Result result, List<ContentSelector> selectors) throws InterruptedException {
        boolean bare = folders.isFolder(result);
        return DeepStack.call(() -> perform(() -> reading(
                List.of(result),
                () -> Selection.digest(store.roots().files(result), bare, selectors, store.checksums()))));
    }

    @Override
    public Optional<CacheRecord> find(Digest key) {
        return store.records().find(key);
    }

    @Override
    public void save(CacheRecord record) {
        try {
            store.records().save(record);
        } catch (IOException e) {
            throw new ExecutorException("cannot write to the store: " + FileErrors.reason(e), e);
        }
    }

    @Override
    public Optional<Result> remote(List<RemoteLayer> layers) throws InterruptedException {
        return perform(() -> {
            List<String> ids = new ArrayList<>();
            for (RemoteLayer layer : layers) {
                ids.add(store.addRemote(layer));
            }
            return Optional.of(store.roots().save(new Snapshot(ids)));
        });
    }

    @Override
    public List<Result> run(Vertex vertex, List<Result> inputs, StepMonitor monitor) throws InterruptedException {
        join();
        try {
            return perform(() -> runStep(vertex, inputs, monitor));
        } finally {
            leave();
        }
    }

    private List<Result> runStep(Vertex vertex, List<Result> inputs, StepMonitor monitor)
            throws IOException, InterruptedException {
        if (vertex.op() instanceof SourceOp) {
            return List.of(source(vertex).run(vertex, monitor));
        }
        if (vertex.op() instanceof ExecOp exec) {
            ContainerEdits devices = CdiDevices.edits(exec, executor.devices(), session, monitor);
            StepNeeds needs = StepNeeds.of(devices, vertex.metadata().linuxResources());
            return runProcess(vertex, inputs, needs, monitor);
        }
        return reading(inputs, () -> new FileSteps(store, executor.clock()).run(vertex.op(), inputs));
    }

    /** Says of a file that is missing in one of these roots where it may have gone. */
    private <T> T reading(List<Result> roots, StoreTask<T> task) throws IOException, InterruptedException {
        try {
            return task.run();
        } catch (MissingFileException e) {
            throw roots.stream().anyMatch(folders::isFiltered) ? e.ofFiltered() : e;
        }
    }

    /** A step goes on when its build has ended if another one waits for it too: what it uses has to stay as long. */
    private void join() throws InterruptedException {
        if (users.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
            throw new InterruptedException("the build has ended");
        }
    }

    private void leave() {
        if (users.decrementAndGet() == 0) {
            end();
        }
    }

    private List<Result> runProcess(Vertex vertex, List<Result> inputs, StepNeeds needs, StepMonitor monitor)
            throws IOException, InterruptedException {
        ProcessRunner runner = executor.runner();
        Optional<String> emulator = executor.emulator(vertex.platform().orElseGet(Platform::host));
        monitor.runs(runner.name(), emulator);
        if (vertex.metadata().ignoreCache()) {
            CacheMounts.renew(store, vertex, inputs, renewed);
        }
        try {
            return runner.run(offline(vertex), inputs, needs, session, monitor);
        } catch (StepFailedException e) {
            // The emulator may be to blame: not every program runs in it. Nor does every program without a network.
            String emulated =
                    emulator.map(name -> " (emulated by " + name + ")").orElse("");
            String offline = session.access().isOffline() ? " (steps have no network with --offline)" : "";
            throw emulated.isEmpty() && offline.isEmpty()
                    ? e
                    : new StepFailedException(e.getMessage() + emulated + offline, e.exitCode());
        }
    }

    /** A build that may ask nobody has no steps that do. */
    private Vertex offline(Vertex vertex) {
        if (!session.access().isOffline() || !(vertex.op() instanceof ExecOp exec)) {
            return vertex;
        }
        ExecOp alone = new ExecOp(
                exec.meta(),
                exec.mounts(),
                ExecOp.NetworkMode.NONE,
                exec.security(),
                exec.secretEnvironment(),
                exec.cdiDevices());
        return Vertex.of(alone, vertex.inputs(), vertex.platform(), vertex.metadata());
    }

    @Override
    public Optional<byte[]> readFile(Result result, String path, int limit) throws InterruptedException {
        return DeepStack.call(() -> perform(() -> {
            var node = PathResolver.find(store.roots().files(result), path).flatMap(Place::node);
            if (node.isEmpty()) {
                return Optional.empty();
            }
            if (!(node.get() instanceof RegularFile file)) {
                throw new ExecutorException(path + " is not a regular file");
            }
            try (ContentReader reader = store.contents().reader();
                    InputStream in = reader.open(file.content())) {
                return Optional.of(in.readNBytes(limit));
            }
        }));
    }

    @Override
    public List<ProgramFile> programs(Result result, Predicate<Platform> wanted) throws InterruptedException {
        return DeepStack.call(() -> perform(() -> new Programs(store).find(result, wanted)));
    }

    @Override
    public BuiltImage image(Result root, ImageSpec spec) {
        return new LocalImage(store, images, root, spec);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            leave();
        }
    }

    private void end() {
        try {
            images.close();
        } catch (IOException e) {
            throw new ExecutorException("cannot close a layout: " + FileErrors.reason(e), e);
        } finally {
            use.close();
            executor.buildEnded();
        }
    }
}
