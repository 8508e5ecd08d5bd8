package dev.slipway.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * Options of docker that scripts still have and that nothing is left to do for. As in buildx, those that have no effect print a
 * warning, and the others are silent.
 */
final class FormerOptions {

    @Option(names = "--rm", hidden = true)
    @SuppressWarnings("UnusedVariable") // Only accepted.
    private boolean remove;

    @Option(names = "--force-rm", hidden = true)
    @SuppressWarnings("UnusedVariable") // Only accepted.
    private boolean forceRemove;

    @Option(names = "--compress", hidden = true)
    @SuppressWarnings("UnusedVariable") // Only accepted.
    private boolean compress;

    @Option(names = "--squash", hidden = true)
    private boolean squash;

    @Option(names = "--isolation", paramLabel = "NAME", hidden = true)
    private Optional<String> isolation = Optional.empty();

    @Option(names = "--security-opt", paramLabel = "NAME=VALUE", hidden = true)
    private List<String> security = List.of();

    /** What is to be said about them. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        isolation.ifPresent(name -> warnings.add("--isolation has no effect; --sandbox chooses what steps run in: "
                + String.join(", ", SandboxOption.NAMES)));
        if (!security.isEmpty()) {
            warnings.add(
                    "--security-opt has no effect; write RUN --security=insecure in the Dockerfile, and allow it with"
                            + " --allow security.insecure");
        }
        if (squash) {
            warnings.add("--squash has no effect; copy what is to be in one layer into a last stage of its own");
        }
        return warnings;
    }
}
