package dev.slipway.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.frontend.Conversion;
import dev.slipway.frontend.Frontend;
import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.FrontendRequest;
import dev.slipway.frontend.FrontendRequestBuilder;
import dev.slipway.frontend.MainContext;
import dev.slipway.frontend.Outline;
import dev.slipway.llb.Platform;
import dev.slipway.llbjson.DefinitionJson;
import dev.slipway.parser.DockerfileParseException;
import dev.slipway.parser.DockerfileParser;
import dev.slipway.parser.SourceRange;
import dev.slipway.parser.check.CheckOptions;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Warning;
import dev.slipway.parser.tree.Dockerfile;
import dev.slipway.parser.tree.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** Writes down what is made of a Dockerfile, in the shape of a corpus's {@code reference.json}. */
final class CaseRecorder {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Platform BUILD_PLATFORM = Platform.of("linux", "amd64", "");

    private final byte[] source;

    /** Parses once for all conversions; throws again for each. */
    private final Supplier<Dockerfile> dockerfile;

    CaseRecorder(byte[] source) {
        this.source = source;
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
        try {
            Conversion conversion = convert(request.build(), Checks.none());
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

    private void checks(ObjectNode recorded) {
        ArrayNode findings = JSON.createArrayNode();
        try {
            Checks checks = Checks.of(CheckOptions.of(source), warning -> findings.add(finding(warning)));
            Frontend.convert(
                    DockerfileParser.parse(source, checks),
                    request().platform(BUILD_PLATFORM).allStages(true).build(),
                    new ReferenceImages(),
                    checks);
        } catch (FrontendException | IllegalArgumentException | DockerfileParseException e) {
            recorded.put("checkError", e.getMessage());
        }
        if (!findings.isEmpty()) {
            recorded.set("checks", findings);
        }
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
        List<Stage> stages;
        try {
            stages = dockerfile.get().stages();
        } catch (DockerfileParseException e) {
            return;
        }
        ArrayNode targets = recorded.putArray("targets");
        for (int i = 0; i < stages.size(); i++) {
            targets.addObject()
                    .put("Name", stages.get(i).name())
                    .put("Base", stages.get(i).from().base())
                    .put("Platform", stages.get(i).from().platform())
                    .put("Description", stages.get(i).description())
                    .put("Default", i == stages.size() - 1);
        }
    }

    private void outline(ObjectNode recorded) {
        Outline outline;
        try {
            outline = convert(request().platform(BUILD_PLATFORM).build(), Checks.none())
                    .outline();
        } catch (FrontendException | DockerfileParseException e) {
            return;
        }
        ObjectNode json = JSON.createObjectNode();
        putUnlessEmpty(json, "name", outline.name());
        putUnlessEmpty(json, "description", outline.description());
        for (Outline.Argument argument : outline.arguments()) {
            ObjectNode entry = json.withArray("args").addObject().put("name", argument.name());
            putUnlessEmpty(entry, "description", argument.description());
            putUnlessEmpty(entry, "value", argument.value());
            location(entry, argument.ranges());
        }
        outline.secrets().forEach(secret -> need(json, "secrets", secret));
        outline.agents().forEach(agent -> need(json, "ssh", agent));
        if (!json.isEmpty()) {
            recorded.set("outline", json);
        }
    }

    private static void need(ObjectNode json, String list, Outline.Need need) {
        ObjectNode entry = json.withArray(list).addObject().put("name", need.id());
        if (need.required()) {
            entry.put("required", true);
        }
        location(entry, need.ranges());
    }

    private static void location(ObjectNode json, List<SourceRange> ranges) {
        if (ranges.isEmpty()) {
            return;
        }
        ArrayNode array = json.putObject("location").putArray("ranges");
        for (SourceRange range : ranges) {
            ObjectNode entry = array.addObject();
            entry.putObject("start").put("line", range.startLine());
            entry.putObject("end").put("line", range.endLine());
        }
    }

    private static void putUnlessEmpty(ObjectNode json, String field, String value) {
        if (!value.isEmpty()) {
            json.put(field, value);
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
