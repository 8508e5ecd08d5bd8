package dev.slipway.provenance;

import dev.slipway.oci.attest.WrittenLayer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes provenance by version 0.2 of SLSA, members in the order of BuildKit's structs. */
final class Slsa02 {

    private static final String BUILD_TYPE = "https://mobyproject.org/buildkit@v1";

    private final BuildProvenance provenance;

    Slsa02(BuildProvenance provenance) {
        this.provenance = provenance;
    }

    Map<String, Object> document(List<WrittenLayer> layers) {
        Map<String, Object> invocation = new LinkedHashMap<>();
        invocation.put("configSource", provenance.configSource("entryPoint"));
        invocation.put("parameters", provenance.request());
        invocation.put("environment", provenance.environment("platform"));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("builder", Map.of("id", provenance.builderId()));
        document.put("buildType", BUILD_TYPE);
        if (!provenance.materials().isEmpty()) {
            document.put("materials", provenance.materials());
        }
        document.put("invocation", invocation);
        provenance.buildConfig().ifPresent(config -> document.put("buildConfig", config));
        document.put("metadata", metadata(layers));
        return document;
    }

    private Map<String, Object> metadata(List<WrittenLayer> layers) {
        Map<String, Object> completeness = new LinkedHashMap<>();
        completeness.put("parameters", provenance.tellsRequest());
        completeness.put("environment", true);
        completeness.put("materials", provenance.hasCompleteMaterials());
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("buildInvocationID", provenance.invocation().id());
        metadata.put("buildStartedOn", provenance.invocation().started().toString());
        metadata.put("buildFinishedOn", provenance.invocation().finished().toString());
        metadata.put("completeness", completeness);
        metadata.put("reproducible", provenance.reproducible());
        metadata.put(BUILD_TYPE + "#metadata", provenance.metadata(layers));
        if (provenance.isHermetic()) {
            metadata.put(BUILD_TYPE + "#hermetic", true);
        }
        return metadata;
    }
}
