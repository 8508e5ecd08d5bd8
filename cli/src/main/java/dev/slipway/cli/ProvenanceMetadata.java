package dev.slipway.cli;

import dev.slipway.BuildResult;
import dev.slipway.PlatformImage;
import dev.slipway.frontend.value.GoNumbers;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a metadata file says of how images were made, if that is said beside them. {@code BUILDX_METADATA_PROVENANCE} says how much, as
 * for buildx: {@code min}, which is the default, {@code max} or {@code disabled}.
 */
final class ProvenanceMetadata {

    private static final String KEY = "buildx.build.provenance";
    private static final String VARIABLE = "BUILDX_METADATA_PROVENANCE";

    private ProvenanceMetadata() {}

    /** Refuses a word that makes no sense before there is anything to lose. */
    static void check() {
        isOff(mode());
    }

    private static String mode() {
        return System.getenv().getOrDefault(VARIABLE, "");
    }

    /** By buildx's key: one for each platform if there are several. */
    static Map<String, Object> of(BuildResult result) {
        return of(result, mode());
    }

    static Map<String, Object> of(BuildResult result, String mode) {
        Map<String, Object> members = new TreeMap<>();
        if (isOff(mode)) {
            return members;
        }
        for (PlatformImage image : result.images()) {
            String key = result.images().size() == 1
                    ? KEY
                    : KEY + "/" + image.platform().formatAll();
            image.provenance().ifPresent(document -> members.put(key, document(document, mode.equals("max"))));
        }
        return members;
    }

    private static boolean isOff(String mode) {
        return switch (mode) {
            case "disabled" -> true;
            case "", "min", "max" -> false;
            default ->
                !GoNumbers.parseBool(mode)
                        .orElseThrow(
                                () -> new UsageException(VARIABLE + " is '" + mode + "'; write min, max or disabled"));
        };
    }

    private static Map<String, Object> document(String json, boolean all) {
        try {
            Map<String, Object> members = new TreeMap<>(
                    Json.object(json.getBytes(StandardCharsets.UTF_8)).members());
            if (!all) {
                members.remove("buildConfig");
                members.remove("metadata");
            }
            return members;
        } catch (JsonException e) {
            throw new IllegalStateException("what was written is no JSON", e);
        }
    }
}
