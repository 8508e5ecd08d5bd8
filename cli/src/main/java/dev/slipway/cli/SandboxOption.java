package dev.slipway.cli;

import dev.slipway.Slipway;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that says what steps run in. */
final class SandboxOption {

    private static final String VARIABLE = "SLIPWAY_SANDBOX";

    @Option(
            names = "--sandbox",
            paramLabel = "NAME",
            description = "What steps run in: built-in, crun or runc (default: what the environment variable "
                    + VARIABLE + " names, else what the config file says, else the best that can be used).")
    private Optional<String> name = Optional.empty();

    /** Opens the local executor with this sandbox. */
    Slipway open() {
        String sandbox = name.orElse(System.getenv().getOrDefault(VARIABLE, ""));
        return UserConfig.open(sandbox.isEmpty() ? Map.of() : Map.of("sandbox", sandbox));
    }
}
