package dev.slipway;

import static java.util.Objects.requireNonNull;

import dev.slipway.backend.Client;
import dev.slipway.backend.ExecutorLookup;
import dev.slipway.executor.BuildExecutor;
import dev.slipway.executor.CredentialSource;
import dev.slipway.executor.ExecutorSettings;
import dev.slipway.llb.Platform;
import dev.slipway.progress.Progress;
import dev.slipway.routing.Candidate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Builds a {@link Slipway}. Without an executor, it uses the local one on the user's store.
 *
 * <pre>{@code
 * try (Slipway slipway = Slipway.builder()
 *         .home(Path.of("/var/cache/builds"))
 *         .substituteImages(image -> image.replace("docker.io/", "registry.example.com/mirror/"))
 *         .progress(Progress.plain(System.err))
 *         .open()) {
 *     slipway.build(BuildRequest.of(Path.of(".")));
 * }
 * }</pre>
 */
public final class SlipwayBuilder {

    private final List<Supplier<Candidate>> executors = new ArrayList<>();
    private final TreeMap<String, String> options = new TreeMap<>();
    private Optional<Path> home = Optional.empty();
    private Client client = Client.USUAL;
    private Progress progress = Progress.none();
    private Optional<ExecutorService> pool = Optional.empty();

    SlipwayBuilder() {}

    /** Uses this folder for everything that outlives a build. Several processes may share it. Ignored if an executor is named. */
    public SlipwayBuilder home(Path folder) {
        home = Optional.of(requireNonNull(folder, "folder is null"));
        return this;
    }

    /**
     * Sets an option of the local executor, such as {@code sandbox}. Ignored if an executor is named, except for options of
     * registries ({@code registry.plain-http} and the like), which also apply to pushes.
     */
    public SlipwayBuilder option(String name, String value) {
        options.put(requireNonNull(name, "name is null"), requireNonNull(value, "value is null"));
        client = client.withRegistries(Map.of(name, value));
        return this;
    }

    /**
     * Adds an executor. Each platform goes to the executor that runs most of its steps natively, or to the first of several that are
     * equally suitable. The first executor also fetches the Dockerfile and looks up base images.
     *
     * @param name the name of an executor on the class path or module path, such as {@code local}
     * @param settings its settings
     */
    public SlipwayBuilder executor(String name, ExecutorSettings settings) {
        requireNonNull(name, "name is null");
        requireNonNull(settings, "settings is null");
        client = client.withRegistries(settings.options());
        executors.add(() -> Candidate.of(opened(name, settings)));
        return this;
    }

    /**
     * Adds an executor that builds only images for these platforms.
     *
     * @param name the name of an executor on the class path or module path, such as {@code local}
     * @param settings its settings
     * @param platforms the platforms, such as {@code linux/arm64}
     */
    public SlipwayBuilder executor(String name, ExecutorSettings settings, String... platforms) {
        requireNonNull(name, "name is null");
        requireNonNull(settings, "settings is null");
        List<Platform> list = Arrays.stream(requireNonNull(platforms, "platforms is null"))
                .map(platform -> Platform.parse(platform).normalized())
                .toList();
        client = client.withRegistries(settings.options());
        executors.add(() -> new Candidate(opened(name, settings), list));
        return this;
    }

    /** Adds an executor that is closed together with the instance. */
    public SlipwayBuilder executor(BuildExecutor executor) {
        requireNonNull(executor, "executor is null");
        executors.add(() -> Candidate.of(executor));
        return this;
    }

    /** Uses these credentials for registries instead of the user's Docker credentials. */
    public SlipwayBuilder credentials(CredentialSource credentials) {
        requireNonNull(credentials, "credentials is null");
        client = new Client(
                Optional.of(credentials), client.substitution(), client.registries(), client.temporaryFolder());
        return this;
    }

    /**
     * Replaces the images that a Dockerfile names, for example by those of a mirror.
     *
     * @param substitution takes a full reference, such as {@code docker.io/library/alpine:3.22}, and returns the one to use instead;
     *     called from any thread
     */
    public SlipwayBuilder substituteImages(UnaryOperator<String> substitution) {
        requireNonNull(substitution, "substitution is null");
        client = new Client(client.credentials(), substitution, client.registries(), client.temporaryFolder());
        return this;
    }

    /** Uses this folder for temporary files instead of the system's. */
    public SlipwayBuilder temporaryFolder(Path folder) {
        requireNonNull(folder, "folder is null");
        client = new Client(client.credentials(), client.substitution(), client.registries(), Optional.of(folder));
        return this;
    }

    /** Receives the events of all builds that have no progress of their own. */
    public SlipwayBuilder progress(Progress listener) {
        progress = requireNonNull(listener, "listener is null");
        return this;
    }

    /** Runs concurrent work on this service, which the caller still owns. The default is a few daemon threads. */
    public SlipwayBuilder pool(ExecutorService threads) {
        pool = Optional.of(requireNonNull(threads, "threads is null"));
        return this;
    }

    /**
     * Opens the instance.
     *
     * @throws BuildException if an executor is missing or cannot be opened. Then none stays open
     */
    public Slipway open() {
        List<Candidate> opened = new ArrayList<>();
        try {
            if (executors.isEmpty()) {
                opened.add(Candidate.of(opened(ExecutorLookup.LOCAL, local())));
            }
            executors.forEach(executor -> opened.add(executor.get()));
            return new Slipway(opened, client, progress, pool);
        } catch (RuntimeException e) {
            opened.forEach(candidate -> candidate.executor().close());
            throw e;
        }
    }

    private static BuildExecutor opened(String name, ExecutorSettings settings) {
        return Failures.quickly(() -> ExecutorLookup.open(name, settings));
    }

    private ExecutorSettings local() {
        Map<String, String> all = home.isPresent() ? Map.of() : Home.optionsOfUser();
        TreeMap<String, String> settings = new TreeMap<>(all);
        settings.putAll(options);
        return new ExecutorSettings(home.orElseGet(Home::ofUser), settings);
    }
}
