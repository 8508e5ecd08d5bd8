package dev.slipway.provenance;

import dev.slipway.oci.attest.WrittenLayer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes provenance by version 1 of SLSA, members in the order of BuildKit's structs. */
final class Slsa1 {

    private static final String BUILD_TYPE =
            "https://github.com/moby/buildkit/blob/master/docs/attestations/slsa-definitions.md";

    private final BuildProvenance provenance;

    Slsa1(BuildProvenance provenance) {
        this.provenance = provenance;
    }

    Map<String, Object> document(List<WrittenLayer> layers) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("buildDefinition", buildDefinition());
        document.put("runDetails", runDetails(layers));
        return document;
    }

    private Map<String, Object> buildDefinition() {
        Map<String, Object> external = new LinkedHashMap<>();
        external.put("configSource", provenance.configSource("path"));
        external.put("request", provenance.request());
        Map<String, Object> internal = new TreeMap<>(provenance.environment("builderPlatform"));
        provenance.buildConfig().ifPresent(config -> internal.put("buildConfig", config));
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("buildType", BUILD_TYPE);
        if (!provenance.materials().isEmpty()) {
            members.put("resolvedDependencies", provenance.materials());
        }
        members.put("externalParameters", external);
        members.put("internalParameters", internal);
        return members;
    }

    private Map<String, Object> runDetails(List<WrittenLayer> layers) {
        Map<String, Object> completeness = new LinkedHashMap<>();
        completeness.put("request", provenance.tellsRequest());
        completeness.put("resolvedDependencies", provenance.hasCompleteMaterials());
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("invocationId", provenance.invocation().id());
        metadata.put("startedOn", provenance.invocation().started().toString());
        metadata.put("finishedOn", provenance.invocation().finished().toString());
        metadata.put("buildkit_metadata", provenance.metadata(layers));
        if (provenance.isHermetic()) {
            metadata.put("buildkit_hermetic", true);
        }
        metadata.put("buildkit_completeness", completeness);
        if (provenance.reproducible()) {
            metadata.put("buildkit_reproducible", true);
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("builder", Map.of("id", provenance.builderId()));
        members.put("metadata", metadata);
        return members;
    }
}
