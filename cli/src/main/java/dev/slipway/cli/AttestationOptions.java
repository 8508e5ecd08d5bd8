package dev.slipway.cli;

import dev.slipway.BuildRequest;
import dev.slipway.attest.Provenance;
import dev.slipway.attest.Sbom;
import dev.slipway.frontend.value.GoNumbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Options that ask for attestations, with buildx's words. Of several of one type the last counts. */
final class AttestationOptions {

    private static final String PROVENANCE = "provenance";
    private static final String SBOM = "sbom";
    private static final Set<String> OWN = Set.of("type", "disabled");

    @Option(
            names = "--attest",
            paramLabel = "type=TYPE[,NAME=VALUE...]",
            description = "Write beside each image how it was made (type=provenance), or what is inside (type=sbom).")
    private List<String> attestations = List.of();

    @Option(
            names = "--provenance",
            paramLabel = "true|false|NAME=VALUE[,...]",
            description = "Short for --attest type=provenance. Without this nothing is written, unlike with buildx.")
    private Optional<String> provenance = Optional.empty();

    @Option(names = "--sbom", paramLabel = "true|false|NAME=VALUE[,...]", description = "Short for --attest type=sbom.")
    private Optional<String> sbom = Optional.empty();

    /**
     * The request with what is asked for.
     *
     * @throws UsageException if something is not understood
     */
    BuildRequest addTo(BuildRequest request) {
        Map<String, Optional<Map<String, String>>> wanted = new LinkedHashMap<>();
        for (Attestation attestation : all()) {
            wanted.put(attestation.type, attestation.options);
        }
        BuildRequest asking = request;
        for (Map.Entry<String, Optional<Map<String, String>>> attestation : wanted.entrySet()) {
            if (attestation.getValue().isPresent()) {
                asking =
                        add(asking, attestation.getKey(), attestation.getValue().get());
            }
        }
        return asking;
    }

    private static BuildRequest add(BuildRequest request, String type, Map<String, String> options) {
        return UsageException.checked(
                "--attest type=" + type,
                () -> type.equals(PROVENANCE)
                        ? request.provenance(Provenance.of(options))
                        : request.sbom(Sbom.of(options)));
    }

    /** What is asked for, or switched off if there are no options. */
    private record Attestation(String type, Optional<Map<String, String>> options) {}

    private List<Attestation> all() {
        List<Attestation> all = new ArrayList<>();
        attestations.forEach(text -> all.add(parse(text)));
        provenance.filter(text -> !text.isEmpty()).ifPresent(text -> all.add(parseShort(PROVENANCE, text)));
        sbom.filter(text -> !text.isEmpty()).ifPresent(text -> all.add(parseShort(SBOM, text)));
        return all;
    }

    private static Attestation parseShort(String type, String text) {
        Optional<Boolean> wanted = GoNumbers.parseBool(text);
        return wanted.isPresent()
                ? new Attestation(type, wanted.get() ? Optional.of(Map.of()) : Optional.empty())
                : parse("type=" + type + "," + text);
    }

    private static Attestation parse(String text) {
        Map<String, String> options = new LinkedHashMap<>();
        Map<String, String> own = new HashMap<>();
        for (String field : CsvFields.split("--attest", text)) {
            int equals = field.indexOf('=');
            if (equals <= 0) {
                throw new UsageException("--attest " + text + ": '" + field + "' is not of the form key=value");
            }
            // The names of a scanner's parameters are its own, and stay as they are.
            String name = field.substring(0, equals);
            String usual = name.strip().toLowerCase(Locale.ROOT);
            (OWN.contains(usual) ? own : options).put(OWN.contains(usual) ? usual : name, field.substring(equals + 1));
        }
        String type = own.getOrDefault("type", "");
        if (type.isEmpty()) {
            throw new UsageException(
                    "--attest " + text + ": attestation type not specified; write type=provenance or" + " type=sbom");
        }
        if (!type.equals(PROVENANCE) && !type.equals(SBOM)) {
            throw new UsageException(
                    "--attest " + text + ": unknown attestation type \"" + type + "\"; known are provenance and sbom");
        }
        String disabled = own.get("disabled");
        boolean off = disabled != null
                && GoNumbers.parseBool(disabled)
                        .orElseThrow(() -> new UsageException(
                                "--attest " + text + ": disabled is '" + disabled + "'; write true or false"));
        return new Attestation(type, off ? Optional.empty() : Optional.of(options));
    }
}
