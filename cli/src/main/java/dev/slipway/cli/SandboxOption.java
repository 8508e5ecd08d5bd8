package dev.slipway.cli;

import dev.slipway.Slipway;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** The option that says what steps run in. */
final class SandboxOption {

    private static final String VARIABLE = "SLIPWAY_SANDBOX";

    static final List<String> NAMES = List.of("built-in", "crun", "runc", "proot", "rootless");

    /** Folders with descriptions of devices, instead of the usual ones. */
    private static final String DEVICES = "SLIPWAY_CDI_SPEC_DIRS";

    @Option(
            names = "--sandbox",
            paramLabel = "NAME",
            description =
                    "Sandbox that steps run in: built-in, crun, runc, proot or rootless (default: that of the environment"
                            + " variable "
                            + VARIABLE + ", else of the config file, else the best one available).")
    private Optional<String> name = Optional.empty();

    /** Opens the local executor with this sandbox. */
    Slipway open() {
        Map<String, String> options = new TreeMap<>();
        name.ifPresent(sandbox -> options.put("sandbox", known("--sandbox", sandbox)));
        variable(VARIABLE).ifPresent(sandbox -> options.putIfAbsent("sandbox", known(VARIABLE, sandbox)));
        variable(DEVICES).ifPresent(folders -> options.put("cdi.spec-dirs", folders));
        return UserConfig.open(options);
    }

    private static String known(String origin, String name) {
        if (!NAMES.contains(name)) {
            throw new UsageException(
                    origin + " " + name + ": there is no such sandbox; there are " + String.join(", ", NAMES));
        }
        return name;
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
    }
}
