package dev.slipway.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.describe.CheckReport;
import dev.slipway.describe.TargetList;
import dev.slipway.describe.TargetOutline;
import dev.slipway.frontend.Conversion;
import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.FrontendRequest;
import dev.slipway.frontend.FrontendRequestBuilder;
import dev.slipway.frontend.MainContext;
import dev.slipway.frontend.Outline;
import dev.slipway.frontend.convert.Frontend;
import dev.slipway.inspect.DockerfileChecks;
import dev.slipway.inspect.DockerfileTargets;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceLocation.SourceFile;
import dev.slipway.llbjson.DefinitionJson;
import dev.slipway.parser.DockerfileParseException;
import dev.slipway.parser.DockerfileParser;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Warning;
import dev.slipway.parser.text.SourceRange;
import dev.slipway.parser.tree.Dockerfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** Writes down what is made of a Dockerfile, in the shape of a corpus's {@code reference.json}. */
final class CaseRecorder {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Platform BUILD_PLATFORM = Platform.of("linux", "amd64", "");

    private final SourceFile file;

    /** Parses once for all conversions; throws again for each. */
    private final Supplier<Dockerfile> dockerfile;

    CaseRecorder(byte[] source) {
        this.file = new SourceFile("Dockerfile", "Dockerfile", Bytes.of(source));
        this.dockerfile = parseOnce(source);
    }

    /**
     * What is made of the Dockerfile.
     *
     * @param runs the conversions that are wanted, in the shape of {@code runs} in {@code reference.json}; what they should
     *     result in is not looked at
     */
    ObjectNode record(String name, JsonNode runs) {
        ObjectNode recorded = JSON.createObjectNode().put("name", name);
        ArrayNode recordedRuns = recorded.putArray("runs");
        for (JsonNode run : runs) {
            ObjectNode recordedRun = recordedRuns.addObject();
            for (String field : List.of("platforms", "multiPlatform", "target", "buildArgs")) {
                if (run.has(field)) {
                    recordedRun.set(field, run.path(field));
                }
            }
            ArrayNode results = recordedRun.putArray("results");
            for (JsonNode platform : run.path("platforms")) {
                result(results.addObject().put("platform", platform.asText()), run, platform.asText());
            }
        }
        checks(recorded);
        targets(recorded);
        outline(recorded);
        return recorded;
    }

    private void result(ObjectNode result, JsonNode run, String platform) {
        try {
            Conversion conversion = convert(request(run, platform), Checks.none());
            result.setAll((ObjectNode) read(DefinitionJson.withoutSource(conversion.definition())));
            for (JsonNode vertex : result.path("vertices")) {
                // Progress groups have random names.
                if (vertex.path("metadata").path("progress_group") instanceof ObjectNode group) {
                    group.remove("id");
                }
            }
            result.set("image", read(text(conversion.image().toJson().toArray())));
        } catch (FrontendException | DockerfileParseException e) {
            result.put("error", e.getMessage());
        }
    }

    /**
     * The graph of one conversion.
     *
     * @throws FrontendException if it is refused
     */
    Definition definition(JsonNode run, String platform) {
        return convert(request(run, platform), Checks.none()).definition();
    }

    private static FrontendRequest request(JsonNode run, String platform) {
        FrontendRequestBuilder request =
                request().platform(Platform.parse(platform, BUILD_PLATFORM).normalized());
        request.multiPlatform(run.path("multiPlatform").asBoolean());
        if (run.has("target")) {
            request.target(run.path("target").asText());
        }
        run.path("buildArgs")
                .properties()
                .forEach(entry ->
                        request.buildArg(entry.getKey(), entry.getValue().asText()));
        return request.build();
    }

    private void checks(ObjectNode recorded) {
        CheckReport report =
                DockerfileChecks.run(file, request().platform(BUILD_PLATFORM).build(), new ReferenceImages());
        if (!report.warnings().isEmpty()) {
            ArrayNode findings = recorded.putArray("checks");
            report.warnings().forEach(warning -> findings.add(finding(warning)));
        }
        report.failure().ifPresent(failure -> recorded.put("checkError", failure.message()));
    }

    private static ObjectNode finding(Warning warning) {
        ObjectNode finding =
                JSON.createObjectNode().put("rule", warning.rule().name()).put("message", warning.detail());
        ArrayNode ranges = finding.putArray("ranges");
        for (SourceRange range : warning.ranges()) {
            ranges.addArray()
                    .add(range.startLine())
                    .add(range.startCharacter())
                    .add(range.endLine())
                    .add(range.endCharacter());
        }
        return finding;
    }

    private void targets(ObjectNode recorded) {
        TargetList list;
        try {
            list = DockerfileTargets.list(dockerfile.get(), file);
        } catch (DockerfileParseException e) {
            return;
        }
        ArrayNode targets = recorded.putArray("targets");
        for (TargetList.Target target : list.targets()) {
            targets.addObject()
                    .put("Name", target.name())
                    .put("Base", target.base())
                    .put("Platform", target.platform())
                    .put("Description", target.description())
                    .put("Default", target.isDefault());
        }
    }

    private void outline(ObjectNode recorded) {
        try {
            Outline found = Frontend.check(
                    dockerfile.get(), request().platform(BUILD_PLATFORM).build(), new ReferenceImages(), Checks.none());
            ObjectNode outline = (ObjectNode) read(new TargetOutline(found, file).toJson());
            outline.remove("sources");
            if (!outline.isEmpty()) {
                recorded.set("outline", outline);
            }
        } catch (FrontendException | DockerfileParseException e) {
            // What can't be converted has no outline.
        }
    }

    private static FrontendRequestBuilder request() {
        return FrontendRequest.builder()
                .buildPlatforms(List.of(BUILD_PLATFORM))
                .context(new MainContext.Local(MainContext.NAME, "reference-session", List.of()));
    }

    private Conversion convert(FrontendRequest request, Checks checks) {
        return Frontend.convert(dockerfile.get(), request, new ReferenceImages(), checks);
    }

    private static Supplier<Dockerfile> parseOnce(byte[] source) {
        try {
            Dockerfile parsed = DockerfileParser.parse(source);
            return () -> parsed;
        } catch (DockerfileParseException e) {
            return () -> {
                throw e;
            };
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
