package dev.slipway.local;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.CredentialSource;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ExecutorSettings;
import dev.slipway.executor.PlatformSupport;
import dev.slipway.executor.VertexExecutor;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.cache.ExecutorCache;
import dev.slipway.executor.event.RunRecorder;
import dev.slipway.executor.text.Reason;
import dev.slipway.llb.Platform;
import dev.slipway.local.collect.LocalCache;
import dev.slipway.local.emulation.Emulators;
import dev.slipway.local.exec.ProcessRunner;
import dev.slipway.local.run.RunRecords;
import dev.slipway.local.source.Contexts;
import dev.slipway.local.source.HttpDownloads;
import dev.slipway.local.store.Store;
import dev.slipway.oci.disk.FileErrors;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistrySettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs builds on this machine. */
public final class LocalExecutor implements VertexExecutor {

    static final String NAME = "local";

    private final Store store;
    private final LocalCache cache;
    private final Contexts contexts;
    private final Path scratch;
    private final Emulators emulators;
    private final StepRunners runners;
    private final List<Path> devices;
    private final boolean isSandboxWanted;
    private final RegistrySettings settings;
    private final RegistryClient registries;
    private final Map<CredentialSource, RegistryClient> others = new ConcurrentHashMap<>();
    private final HttpDownloads downloads;
    private final Clock clock;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalExecutor(Path home, Store store, Path scratch, LocalOptions options, Clock clock) {
        this.store = store;
        this.cache = new LocalCache(store, options.collection(), clock);
        this.contexts = new Contexts(store, clock);
        this.scratch = scratch;
        this.emulators = new Emulators(scratch, store.machineFolder());
        this.runners = new StepRunners(home, store, scratch, emulators, options.sandbox());
        this.devices = options.devices();
        this.isSandboxWanted = options.sandbox().isPresent();
        this.downloads = new HttpDownloads(store);
        this.settings = options.registries();
        this.registries = new RegistryClient(settings);
        this.clock = clock;
    }

    static LocalExecutor open(ExecutorSettings settings) {
        Path home = settings.home().toAbsolutePath();
        try {
            LocalOptions options = LocalOptions.parse(settings.options());
            Store store = Store.open(home, options.trusted());
            return new LocalExecutor(home, store, store.temp().newFolder(), options, Clock.systemUTC());
        } catch (IOException e) {
            throw new ExecutorException("cannot write to the store " + home + ": " + FileErrors.reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecutorException("opening the store " + home + " was interrupted", e);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<PlatformSupport> platforms() {
        List<PlatformSupport> running = emulators.platforms();
        List<PlatformSupport> startable = emulators.startable();
        // Which sandbox there is takes a trial: it is asked for only where it makes a difference.
        boolean differs = isSandboxWanted || !running.containsAll(startable);
        return differs && startsEmulators() ? startable : running;
    }

    @Override
    public Optional<String> sandbox() throws InterruptedException {
        try {
            return Optional.of(runners.get().name());
        } catch (ExecutorException e) {
            return Optional.empty(); // It is said when a process is to be run.
        }
    }

    @Override
    public Optional<String> processProblem() throws InterruptedException {
        try {
            runners.get();
            return Optional.empty();
        } catch (ExecutorException e) {
            return Optional.of(Reason.of(e));
        }
    }

    private boolean startsEmulators() {
        try {
            return runners.get().startsEmulators();
        } catch (ExecutorException e) {
            return false; // It is said when a process is to be run.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public VertexWork begin(BuildSession session) {
        if (closed.get()) {
            throw new IllegalStateException("the local executor is closed");
        }
        return LocalWork.begin(this, session);
    }

    Store store() {
        return store;
    }

    Path scratch() {
        return scratch;
    }

    /** Folders with descriptions of devices. */
    List<Path> devices() {
        return devices;
    }

    HttpDownloads downloads() {
        return downloads;
    }

    /** What asks registries for a build. It remembers tokens, so builds that ask as the same share one. */
    RegistryClient registries(BuildSession session) {
        return session.credentials().isEmpty()
                ? registries
                : others.computeIfAbsent(
                        session.credentials().get(),
                        credentials -> new RegistryClient(settings.withCredentials(credentials)));
    }

    Contexts contexts() {
        return contexts;
    }

    Clock clock() {
        return clock;
    }

    /** What runs processes. It is looked for when the first process is to be run. */
    ProcessRunner runner() throws InterruptedException {
        return runners.get();
    }

    /**
     * What emulates a platform here; empty where it is native.
     *
     * @throws ExecutorException if it does not run here
     */
    Optional<String> emulator(Platform platform) {
        return startsEmulators()
                ? emulators.program(platform).map(file -> file.getFileName().toString())
                : emulators.require(platform).support().emulator();
    }

    @Override
    public Optional<ExecutorCache> cache() {
        return Optional.of(cache);
    }

    @Override
    public RunRecorder record() {
        return new RunRecords(store, clock).begin();
    }

    /** Hears that a build has ended. */
    void buildEnded() {
        cache.buildEnded();
    }

    @Override
    public void close() {
        closed.set(true);
        runners.close();
        cache.close();
        store.close();
    }
}
