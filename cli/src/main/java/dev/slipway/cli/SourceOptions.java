package dev.slipway.cli;

import dev.slipway.BuildRequest;
import dev.slipway.PullPolicy;
import dev.slipway.executor.text.Reason;
import dev.slipway.lock.Lock;
import dev.slipway.policy.SourcePolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The options that say what images, repositories and URLs may be, and who may be asked for them. */
final class SourceOptions {

    private static final String PULL = "--pull";
    private static final String POLICY = "--policy";
    private static final String POLICY_VARIABLE = "EXPERIMENTAL_BUILDKIT_SOURCE_POLICY";
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    @Option(
            names = PULL,
            paramLabel = "always|missing|never",
            description = "When to ask registries for base images: --pull, or --pull=always, even for those that are"
                    + " cached; missing only for those that are not; never not at all.")
    private Optional<String> pull = Optional.empty();

    @Option(
            names = POLICY,
            paramLabel = "disabled=true",
            description = "Build although there is a Dockerfile.rego, a policy of buildx that Slipway cannot apply.")
    private List<String> policies = List.of();

    @Option(
            names = "--source-policy-file",
            paramLabel = "FILE",
            description = "BuildKit's source policy in JSON: which images, repositories and URLs may be used (default:"
                    + " the file that the environment variable " + POLICY_VARIABLE + " names).")
    private Optional<Path> sourcePolicy = Optional.empty();

    @Option(
            names = "--locked",
            description = "Stop if an image, a repository or a URL is not what slipway lock wrote down.")
    private boolean locked;

    @Option(
            names = "--lock-file",
            paramLabel = "FILE",
            description = "The lock file (default: " + Lock.NAME + " beside the Dockerfile).")
    private Optional<Path> lockFile = Optional.empty();

    @Option(
            names = "--offline",
            description =
                    "Ask nobody for anything: build from the store, the lock file and the bundle alone. Steps have"
                            + " no network.")
    private boolean offline;

    /** In docker {@code --pull} has no value, and what follows it may be the context. */
    static String[] withPullValue(String... arguments) {
        String[] copy = arguments.clone();
        for (int i = 0; i < copy.length && !copy[i].equals("--"); i++) {
            if (copy[i].equals(PULL)) {
                copy[i] = PULL + "=always";
            }
        }
        return copy;
    }

    /**
     * Adds what they say to a request.
     *
     * @param folder where the Dockerfile is, if that is on this machine
     */
    BuildRequest apply(BuildRequest request, Optional<Path> folder) {
        BuildRequest result = policies(request.pull(pull()));
        Optional<Path> policy = sourcePolicy.or(() -> Optional.ofNullable(System.getenv(POLICY_VARIABLE))
                .filter(name -> !name.isEmpty())
                .map(Path::of));
        if (policy.isPresent()) {
            result = result.sourcePolicy(checked(() -> SourcePolicy.read(policy.get())));
        }
        result = offline ? result.offline() : result;
        Optional<Path> lock = lockFile(folder);
        if (locked
                || offline
                        && (lockFile.isPresent() || lock.filter(Files::exists).isPresent())) {
            Path file = lock.orElseThrow(() -> new UsageException(
                    "the Dockerfile is in no folder of this machine; name the lock file with --lock-file"));
            result = result.locked(checked(() -> Lock.read(file)));
        }
        return result;
    }

    /** The lock file: the one that is named, or the one beside the Dockerfile. */
    Optional<Path> lockFile(Optional<Path> folder) {
        return lockFile.or(() -> folder.map(found -> found.resolve(Lock.NAME)));
    }

    private static <T> T checked(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new UsageException(Reason.of(e));
        }
    }

    private PullPolicy pull() {
        String value = pull.orElse("");
        // As in docker, where it is a flag, --pull=true is --pull.
        if (TRUE.contains(value) || value.equals("always")) {
            return PullPolicy.ALWAYS;
        }
        if (FALSE.contains(value) || pull.isEmpty()) {
            return PullPolicy.DEFAULT;
        }
        return switch (value) {
            case "missing" -> PullPolicy.MISSING;
            case "never" -> PullPolicy.NEVER;
            default -> throw new UsageException(PULL + "=" + value + ": expected always, missing or never");
        };
    }

    private BuildRequest policies(BuildRequest request) {
        BuildRequest result = request;
        for (String text : policies) {
            Map<String, String> pairs = CsvFields.pairs(POLICY, text);
            if (!TRUE.contains(pairs.getOrDefault("disabled", "false"))) {
                throw new UsageException(POLICY + " " + text + ": Slipway cannot apply policies of buildx; state it as"
                        + " a source policy (--source-policy-file), or write " + POLICY + " disabled=true");
            }
            result = result.withoutRegoPolicy();
        }
        return result;
    }
}
