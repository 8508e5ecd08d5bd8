package dev.slipway.provenance;

import static java.util.Objects.requireNonNull;

import dev.slipway.oci.attest.WrittenLayer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the image of one platform was made: the content of the documents of both versions, which differ only in names.
 *
 * @param sources what was taken from outside
 * @param asked what the build was asked for
 * @param invocation when and where it ran
 * @param builderId who made this statement, as a URL; may be empty
 * @param reproducible whether the caller states that the build is reproducible
 * @param detail what only the mode {@code max} contains
 */
public record BuildProvenance(
        Sources sources,
        BuildParameters asked,
        Invocation invocation,
        String builderId,
        boolean reproducible,
        Optional<Detail> detail) {

    /** The version of the language that the frontend understands. */
    private static final String DOCKERFILE_VERSION = "1.26.0";

    /** The build type: the newest that BuildKit knows. */
    private static final int COMPATIBILITY = 30;

    public BuildProvenance {
        requireNonNull(sources, "sources is null");
        requireNonNull(asked, "asked is null");
        requireNonNull(invocation, "invocation is null");
        requireNonNull(builderId, "builderId is null");
        requireNonNull(detail, "detail is null");
    }

    /** The document of SLSA's version 1. */
    public Map<String, Object> slsa1(List<WrittenLayer> layers) {
        return new Slsa1(this).document(layers);
    }

    /** The document of SLSA's version 0.2. */
    public Map<String, Object> slsa02(List<WrittenLayer> layers) {
        return new Slsa02(this).document(layers);
    }

    List<Object> materials() {
        return sources.materials().stream().<Object>map(Material::toJson).toList();
    }

    Map<String, Object> configSource(String pathName) {
        return asked.configSource(sources, pathName);
    }

    /** Whether all parameters of the build are included. */
    boolean tellsRequest() {
        return detail.isPresent() || asked.minimal().equals(asked);
    }

    /** The parameters of the build, in the order of BuildKit's struct. */
    Map<String, Object> request() {
        BuildParameters told = detail.isPresent() ? asked : asked.minimal();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("frontend", "dockerfile.v0");
        if (!told.arguments().isEmpty()) {
            members.put("args", Redaction.of(asked.arguments()).arguments(told.arguments()));
        }
        if (detail.isPresent()) {
            putNeeds(members, "secrets", sources.secrets());
            putNeeds(members, "ssh", sources.agents());
        }
        if (!sources.locals().isEmpty()) {
            members.put(
                    "locals",
                    sources.locals().stream().map(name -> Map.of("name", name)).toList());
        }
        members.put("compatibilityVersion", COMPATIBILITY);
        return members;
    }

    private static void putNeeds(Map<String, Object> members, String name, Map<String, Boolean> needs) {
        if (!needs.isEmpty()) {
            members.put(
                    name,
                    needs.entrySet().stream()
                            .map(need -> new GoMembers()
                                    .text("id", need.getKey())
                                    .flag("optional", need.getValue())
                                    .toMap())
                            .toList());
        }
    }

    /** Where it ran. */
    Map<String, Object> environment(String platformName) {
        return new GoMembers()
                .with(platformName, invocation.builder().normalized().format())
                .with("dockerfileVersion", DOCKERFILE_VERSION)
                .toMap();
    }

    /** The steps, if they are included. */
    Optional<Object> buildConfig() {
        return detail.map(all -> {
            BuildSteps steps = BuildSteps.of(all.definition());
            Map<String, Object> config = new LinkedHashMap<>();
            config.put("llbDefinition", Redaction.of(asked.arguments()).value(steps.definition()));
            config.put("digestMapping", steps.digests());
            return config;
        });
    }

    /** What BuildKit adds to SLSA. */
    Map<String, Object> metadata(List<WrittenLayer> written) {
        Map<String, Object> members = new LinkedHashMap<>();
        detail.ifPresent(all -> {
            BuildSteps steps = BuildSteps.of(all.definition());
            members.put(
                    "source",
                    Redaction.of(asked.arguments()).value(SourceMap.of(all.dockerfile(), all.reading(), steps)));
            Map<String, Object> layers = new StepLayers(written).of(all, steps);
            if (!layers.isEmpty()) {
                members.put("layers", layers);
            }
        });
        return members;
    }

    boolean hasCompleteMaterials() {
        return sources.areComplete();
    }

    /** Whether nothing but the materials can have influenced the result. */
    boolean isHermetic() {
        return sources.areComplete() && !sources.network();
    }
}
