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
 * Sets up a {@link Slipway}. Without an executor it gets the local one, on the user's store.
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

    /** Keeps what outlives a build in this folder, which several processes may share. It counts where no executor is named. */
    public SlipwayBuilder home(Path folder) {
        home = Optional.of(requireNonNull(folder, "folder is null"));
        return this;
    }

    /** Gives the local executor an option, such as {@code sandbox}. It counts where no executor is named. */
    public SlipwayBuilder option(String name, String value) {
        options.put(requireNonNull(name, "name is null"), requireNonNull(value, "value is null"));
        return this;
    }

    /**
     * Builds on one more executor. Each platform goes to the one that runs most of its steps natively, and of equally fit ones to
     * the first. The first one also reads the Dockerfile and looks up base images.
     *
     * @param name of an executor on the class path or module path, such as {@code local}
     * @param settings how it is set up
     */
    public SlipwayBuilder executor(String name, ExecutorSettings settings) {
        requireNonNull(name, "name is null");
        requireNonNull(settings, "settings is null");
        executors.add(() -> Candidate.of(opened(name, settings)));
        return this;
    }

    /**
     * Builds on one more executor, and there only images for these platforms.
     *
     * @param name of an executor on the class path or module path, such as {@code local}
     * @param settings how it is set up
     * @param platforms such as {@code linux/arm64}
     */
    public SlipwayBuilder executor(String name, ExecutorSettings settings, String... platforms) {
        requireNonNull(name, "name is null");
        requireNonNull(settings, "settings is null");
        List<Platform> list = Arrays.stream(requireNonNull(platforms, "platforms is null"))
                .map(platform -> Platform.parse(platform).normalized())
                .toList();
        executors.add(() -> new Candidate(opened(name, settings), list));
        return this;
    }

    /** Builds on one more executor, which is closed with the instance. */
    public SlipwayBuilder executor(BuildExecutor executor) {
        requireNonNull(executor, "executor is null");
        executors.add(() -> Candidate.of(executor));
        return this;
    }

    /** Asks registries with these credentials, and not with those that docker has for this user. */
    public SlipwayBuilder credentials(CredentialSource credentials) {
        requireNonNull(credentials, "credentials is null");
        client = new Client(Optional.of(credentials), client.substitution(), client.temporaryFolder());
        return this;
    }

    /**
     * Uses other images than the Dockerfile says, such as those of a mirror.
     *
     * @param substitution gets a full reference, such as {@code docker.io/library/alpine:3.22}, and gives the one that is used
     *     in its place; it is called from any thread
     */
    public SlipwayBuilder substituteImages(UnaryOperator<String> substitution) {
        requireNonNull(substitution, "substitution is null");
        client = new Client(client.credentials(), substitution, client.temporaryFolder());
        return this;
    }

    /** Puts what lasts no longer than a build into this folder instead of the system's. */
    public SlipwayBuilder temporaryFolder(Path folder) {
        requireNonNull(folder, "folder is null");
        client = new Client(client.credentials(), client.substitution(), Optional.of(folder));
        return this;
    }

    /** Tells this of all builds that are not given a progress of their own. */
    public SlipwayBuilder progress(Progress listener) {
        progress = requireNonNull(listener, "listener is null");
        return this;
    }

    /** Runs what can be done at the same time on these threads, which stay the caller's. Without it there are a few daemons. */
    public SlipwayBuilder pool(ExecutorService threads) {
        pool = Optional.of(requireNonNull(threads, "threads is null"));
        return this;
    }

    /**
     * Opens it.
     *
     * @throws BuildException if an executor is missing or cannot be opened; none stays open then
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
