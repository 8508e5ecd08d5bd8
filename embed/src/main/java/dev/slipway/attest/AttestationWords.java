package dev.slipway.attest;

import dev.slipway.attest.Provenance.Mode;
import dev.slipway.attest.Provenance.Version;
import dev.slipway.frontend.value.GoNumbers;
import java.util.Map;
import java.util.TreeMap;

/** Reads what users write after {@code --attest type=...}, by buildx's names. */
final class AttestationWords {

    private AttestationWords() {}

    /**
     * Provenance with these options.
     *
     * @param options by name: {@code mode}, {@code version}, {@code builder-id}, {@code reproducible}, {@code inline-only}, {@code
     *     filename} and {@code complete-materials}
     * @throws IllegalArgumentException if one is unknown, or has no such value
     */
    static Provenance provenance(Map<String, String> options) {
        Provenance provenance = Provenance.max();
        for (Map.Entry<String, String> option : options.entrySet()) {
            provenance = with(provenance, option.getKey(), option.getValue());
        }
        return provenance;
    }

    private static Provenance with(Provenance provenance, String name, String value) {
        return switch (name) {
            case "mode" -> provenance.with(mode(value));
            case "version" -> provenance.with(version(value));
            case "builder-id" -> provenance.withBuilderId(value);
            case "reproducible" -> provenance.withReproducible(flag(name, value));
            case "inline-only" -> provenance.withInlineOnly(flag(name, value));
            case "filename" -> provenance.withFileName(value);
            case "complete-materials" -> provenance.withCompleteMaterials(flag(name, value));
            case "capture-usage" -> {
                if (flag(name, value)) {
                    throw new IllegalArgumentException(
                            "capture-usage: the resources that steps use are not measured; leave it out");
                }
                yield provenance;
            }
            default ->
                throw new IllegalArgumentException("'" + name + "' is not an option of provenance; known are mode,"
                        + " version, builder-id, reproducible, inline-only, filename and complete-materials");
        };
    }

    private static Mode mode(String value) {
        return switch (value) {
            case "min" -> Mode.MIN;
            case "max", "full" -> Mode.MAX;
            default -> throw new IllegalArgumentException("invalid mode \"" + value + "\"; write min or max");
        };
    }

    private static Version version(String value) {
        return switch (value) {
            case "v1" -> Version.V1;
            case "v0.2" -> Version.V0_2;
            default ->
                throw new IllegalArgumentException("invalid provenance SLSA version: " + value + "; write v1 or v0.2");
        };
    }

    private static boolean flag(String name, String value) {
        return GoNumbers.parseBool(value)
                .orElseThrow(() -> new IllegalArgumentException(name + " is '" + value + "'; write true or false"));
    }

    /**
     * A list of what is inside with these options.
     *
     * @param options {@code generator}, and the parameters of the scanner
     * @throws IllegalArgumentException if the generator is no image
     */
    static Sbom sbom(Map<String, String> options) {
        TreeMap<String, String> parameters = new TreeMap<>(options);
        String generator = parameters.remove("generator");
        return new Sbom(generator == null ? Sbom.GENERATOR : generator, parameters);
    }
}
