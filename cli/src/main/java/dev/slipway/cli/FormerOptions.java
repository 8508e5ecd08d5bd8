package dev.slipway.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/**
 * Options of docker that scripts still have and that nothing is left to do for, and those that turn attestations off, which are
 * never made here. As in buildx, those that have no effect print a warning, and the others are silent.
 */
final class FormerOptions {

    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    @Option(names = "--rm", hidden = true)
    private boolean remove;

    @Option(names = "--force-rm", hidden = true)
    private boolean forceRemove;

    @Option(names = "--compress", hidden = true)
    private boolean compress;

    @Option(names = "--squash", hidden = true)
    private boolean squash;

    @Option(names = "--isolation", paramLabel = "NAME", hidden = true)
    private Optional<String> isolation = Optional.empty();

    @Option(names = "--security-opt", paramLabel = "NAME=VALUE", hidden = true)
    private List<String> security = List.of();

    @Option(
            names = "--provenance",
            paramLabel = "false",
            description = "Attestations are not supported yet; only false is accepted.")
    private Optional<String> provenance = Optional.empty();

    @Option(
            names = "--sbom",
            paramLabel = "false",
            description = "Attestations are not supported yet; only false is accepted.")
    private Optional<String> sbom = Optional.empty();

    @Option(names = "--attest", paramLabel = "type=TYPE,disabled=true", hidden = true)
    private List<String> attestations = List.of();

    /**
     * What is to be said about them.
     *
     * @throws UsageException if an attestation is wanted
     */
    List<String> warnings() {
        noAttestation("--provenance", provenance);
        noAttestation("--sbom", sbom);
        attestations.forEach(FormerOptions::disabled);
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

    private static void noAttestation(String option, Optional<String> value) {
        if (value.isPresent() && !value.get().isEmpty() && !FALSE.contains(value.get())) {
            throw wanted(option + " " + value.get(), option + "=false");
        }
    }

    private static void disabled(String text) {
        Map<String, String> pairs = CsvFields.pairs("--attest", text);
        String disabled = pairs.getOrDefault("disabled", "false");
        if (FALSE.contains(disabled)) {
            throw wanted("--attest " + text, "disabled=true");
        }
    }

    private static UsageException wanted(String option, String instead) {
        return new UsageException(option + ": attestations are not supported yet; leave it out, or write " + instead);
    }
}
