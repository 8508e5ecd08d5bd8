package dev.slipway.describe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.corpus.ReferenceImages;
import dev.slipway.frontend.FrontendRequest;
import dev.slipway.frontend.convert.Frontend;
import dev.slipway.inspect.DockerfileChecks;
import dev.slipway.inspect.DockerfileTargets;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.SourceLocation.SourceFile;
import dev.slipway.parser.DockerfileParser;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Rules;
import dev.slipway.parser.check.Warning;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The text forms, and what the corpora do not hold of the JSON forms. */
class DescriptionsTest {

    private static final SourceFile FILE = file("""
            # VERSION to build
            ARG VERSION=1
            # base is below everything
            FROM --platform=$BUILDPLATFORM alpine:$VERSION AS base
            RUN --mount=type=secret,id=token,required --mount=type=ssh true
            FROM base
            MAINTAINER me
            COPY a \\
              b /
            """);

    private static final FrontendRequest REQUEST = FrontendRequest.builder().build();

    @Test
    void theTargetsAreListed() {
        assertThat(targets().toText()).isEqualTo("""
                        TARGET    DESCRIPTION
                        base      is below everything
                        (default)\s
                        """);
    }

    @Test
    void theTargetsHaveTheReferencesJson() throws IOException {
        assertThat(json(targets().toJson())).isEqualTo(json("""
                        {"targets": [
                          {"name": "base", "description": "is below everything", "base": "alpine:$VERSION",
                           "platform": "$BUILDPLATFORM", "location": {"ranges": [{"start": {"line": 4}, "end": {"line": 4}}]}},
                          {"default": true, "base": "base",
                           "location": {"ranges": [{"start": {"line": 6}, "end": {"line": 6}}]}}],
                         "sources": ["%s"]}""".formatted(base64())));
    }

    @Test
    void theOutlineIsATableForEachKind() {
        assertThat(outline().toText()).isEqualTo("""
                        BUILD ARG   VALUE   DESCRIPTION
                        VERSION     1       to build

                        SECRET   REQUIRED
                        token    true

                        SSH       REQUIRED
                        default  \s

                        """);
        assertThat(outline().toJson()).startsWith("{\n  \"args\": [\n    {\n      \"name\": \"VERSION\"");
    }

    @Test
    void aNamedTargetStandsAboveItsOutline() {
        SourceFile file = file("# app is it\nFROM alpine AS app\n");
        TargetOutline outline = new TargetOutline(
                Frontend.check(
                        DockerfileParser.parse(file.data().toArray()), REQUEST, new ReferenceImages(), Checks.none()),
                file);
        assertThat(outline.toText()).isEqualTo("TARGET:      app\nDESCRIPTION: is it\n\n");
    }

    @Test
    void aFindingIsShownWithItsLines() {
        CheckReport report = DockerfileChecks.run(FILE, REQUEST, new ReferenceImages());
        assertThat(report.isClean()).isFalse();
        assertThat(report.toText()).isEqualTo("""

                        WARNING: MaintainerDeprecated - https://docs.docker.com/go/dockerfile/rule/maintainer-deprecated/
                        Maintainer instruction is deprecated in favor of using label
                        Dockerfile:7
                        --------------------
                           5 |     RUN --mount=type=secret,id=token,required --mount=type=ssh true
                           6 |     FROM base
                           7 | >>> MAINTAINER me
                           8 |     COPY a \\
                           9 |       b /
                        --------------------
                        """);
    }

    @Test
    void aFailureIsShownLastAndIsInTheJson() throws IOException {
        CheckReport report =
                DockerfileChecks.run(file("FROM alpine\nRUN --mount=type=nope true\n"), REQUEST, new ReferenceImages());
        assertThat(report.toText()).isEqualTo("""

                        ERROR: unsupported mount type "nope"
                        Dockerfile:2
                        --------------------
                           1 |     FROM alpine
                           2 | >>> RUN --mount=type=nope true
                        --------------------
                        """);
        JsonNode json = json(report.toJson());
        assertThat(json.path("warnings").isNull()).isTrue();
        assertThat(json.path("buildError").path("message").asText()).isEqualTo("unsupported mount type \"nope\"");
        assertThat(json.path("sources").path(0).path("filename").asText()).isEqualTo("Dockerfile");
    }

    @Test
    void optionsOfTheBuildStandInForThoseOfTheFile() {
        FrontendRequest skipping = FrontendRequest.builder()
                .buildArg("BUILDKIT_DOCKERFILE_CHECK", "skip=MaintainerDeprecated")
                .build();
        assertThat(DockerfileChecks.run(FILE, skipping, new ReferenceImages()).isClean())
                .isTrue();
        FrontendRequest wrong = FrontendRequest.builder()
                .buildArg("BUILDKIT_DOCKERFILE_CHECK", "x")
                .build();
        assertThat(DockerfileChecks.run(FILE, wrong, new ReferenceImages())
                        .failure()
                        .orElseThrow()
                        .message())
                .isEqualTo("failed to parse build-arg:BUILDKIT_DOCKERFILE_CHECK: invalid check option \"x\"");
    }

    @Test
    void furtherFindingsJoinTheReport() {
        Warning warning = new Warning(Rules.UNDEFINED_VAR, "more", List.of());
        CheckReport report = DockerfileChecks.run(file("FROM alpine\n"), REQUEST, new ReferenceImages());
        assertThat(report.isClean()).isTrue();
        assertThat(report.with(List.of(warning)).toText())
                .isEqualTo("\nWARNING: UndefinedVar - " + Rules.UNDEFINED_VAR.url() + "\nmore\n");
    }

    private static TargetList targets() {
        return DockerfileTargets.list(DockerfileParser.parse(FILE.data().toArray()), FILE);
    }

    private static TargetOutline outline() {
        return new TargetOutline(
                Frontend.check(
                        DockerfileParser.parse(FILE.data().toArray()), REQUEST, new ReferenceImages(), Checks.none()),
                FILE);
    }

    private static SourceFile file(String text) {
        return new SourceFile("Dockerfile", "Dockerfile", Bytes.utf8(text));
    }

    private static String base64() {
        return Base64.getEncoder().encodeToString(FILE.data().toArray());
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
