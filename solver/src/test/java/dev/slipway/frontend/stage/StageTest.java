package dev.slipway.frontend.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.frontend.Converted;
import dev.slipway.llb.Platform;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** FROM: what stages stand on, which of them are built, and for which platform (frontend notes 3.1, 5, 6.11). */
class StageTest {

    @Test
    void aStageThatNobodyNeedsIsLeftOut() {
        Converted converted = Converted.of("""
                FROM alpine AS unused
                RUN echo unused
                FROM busybox
                RUN echo used
                """);
        assertThat(converted.names())
                .containsExactly("[stage-1 1/2] FROM docker.io/library/busybox:latest", "[stage-1 2/2] RUN echo used");
    }

    @Test
    void aStageOnAnotherOneGoesOnWhereThatEnds() {
        Converted converted = Converted.of("""
                FROM alpine AS base
                WORKDIR /w
                ENV A=1
                USER bu
                FROM base
                RUN x
                """);
        assertThat(converted.exec().meta().workingDirectory()).isEqualTo("/w");
        assertThat(converted.exec().meta().user()).isEqualTo("bu");
        assertThat(converted.environment()).containsExactly(Converted.DEFAULT_PATH, "A=1");
        assertThat(converted.names()).last().isEqualTo("[stage-1 1/1] RUN x");
    }

    @Test
    void scratchHasNoFilesAndNoVertices() {
        Converted converted = Converted.of("FROM scratch\nENV A=1\n");
        assertThat(converted.conversion().definition().vertices()).isEmpty();
        assertThat(converted.conversion().definition().head()).isEmpty();
        assertThat(converted.config().workingDirectory()).isEqualTo("/");
        assertThat(converted.conversion().baseImage()).isEmpty();
    }

    @Test
    void anImageWithoutLayersIsScratchWithItsConfig() {
        String empty = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"User\":\"me\"}}";
        Converted converted =
                Converted.of("FROM empty\nCOPY a /\n", Map.of("docker.io/library/empty:latest", empty), request -> {});
        assertThat(converted.names()).containsExactly("[internal] load build context", "[1/2] COPY a /");
        assertThat(converted.config().user()).isEqualTo("me");
    }

    @Test
    void aStageNamedScratchShadowsTheEmptyOne() {
        Converted converted = Converted.of("FROM alpine AS scratch\nFROM scratch\nRUN x\n");
        assertThat(converted.names()).first().asString().contains("alpine");
    }

    @Test
    void stageNamesOfFromHaveACaseAndThoseOfCopyDoNot() {
        assertThat(Converted.failure("FROM alpine AS a\nFROM A\n"))
                .isEqualTo(
                        "failed to parse stage name \"A\": invalid reference format: repository name (library/A) must be"
                                + " lowercase");
        Converted converted = Converted.of("FROM alpine AS stage0\nFROM scratch\nCOPY --from=STAge0 /a /\n");
        assertThat(converted.names()).first().asString().contains("alpine");
    }

    @Test
    void targetsAreFoundByNameInAnyCaseAndNotByNumber() {
        Converted converted =
                Converted.of("FROM alpine AS one\nRUN 1\nFROM alpine\nRUN 2\n", request -> request.target("ONE"));
        assertThat(converted.arguments()).contains("1");
        assertThat(Converted.failure("FROM alpine AS one\n", request -> request.target("0")))
                .isEqualTo("target stage \"0\" could not be found");
        assertThat(Converted.failure("FROM alpine AS stage\n", request -> request.target("stag")))
                .isEqualTo("target stage \"stag\" could not be found (did you mean stage?)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FROM ${X}                                            | base name (${X}) should not be blank
            FROM --platform=$BULIDPLATFORM alpine                | empty platform value from expression $BULIDPLATFORM (did you mean BUILDPLATFORM?)
            FROM --platform=a/b/c/d alpine                       | failed to parse platform a/b/c/d: "a/b/c/d": cannot parse platform specifier: invalid argument
            FROM --platform=${X:?no} alpine                      | failed to process arguments for platform : failed to process "${X:?no}": X: no
            FROM alpine:                                         | failed to parse stage name "alpine:": invalid reference format
            FROM missing                                         | missing: not found
            """)
    void fromIsRefused(String line, String message) {
        assertThat(Converted.failure(line + "\n")).isEqualTo(message);
    }

    @Test
    void theFromOfAStageThatNobodyNeedsIsReadAllTheSame() {
        assertThat(Converted.failure("FROM $NOTHING AS unused\nFROM scratch\n"))
                .isEqualTo("base name ($NOTHING) should not be blank");
        assertThat(Converted.of("FROM missing AS unused\nFROM scratch\n").names())
                .isEmpty();
    }

    @Test
    void anImageSourceHasThePlatformAsWrittenAndAProcessTheUsualForm() {
        Converted converted = Converted.of("FROM --platform=linux/arm64/v8 alpine\nRUN x\n");
        assertThat(converted.vertex("FROM").platform()).contains(Platform.of("linux", "arm64", "v8"));
        assertThat(converted.vertex("RUN").platform()).contains(Platform.of("linux", "arm64", ""));
    }

    @Test
    void aPlatformOnAStageOrOnScratchIsPassedOver() {
        Converted converted = Converted.of("FROM alpine AS a\nFROM --platform=linux/arm64 a\nRUN x\n");
        assertThat(converted.vertex("RUN").platform()).contains(Converted.AMD64);
        Converted scratch = Converted.of("FROM --platform=linux/arm64 scratch\nRUN x\n");
        assertThat(scratch.vertex("RUN").platform()).contains(Converted.AMD64);
    }

    @Test
    void withoutAPlatformThatOfTheImageCountsIfItCanBeBuiltOn() {
        String arm = """
                {"architecture":"arm64","os":"linux","rootfs":{"type":"layers","diff_ids":["%s"]}}
                """.formatted(Converted.digestOf("x"));
        Platform arm64 = Platform.of("linux", "arm64", "");
        Map<String, String> images = Map.of("docker.io/library/img:latest", arm);
        String dockerfile = "FROM img\nRUN x\n";
        Converted both = Converted.forAnyPlatform(dockerfile, images, List.of(Converted.AMD64, arm64));
        assertThat(both.vertex("RUN").platform()).contains(arm64);
        Converted other = Converted.forAnyPlatform(dockerfile, images, List.of(Converted.AMD64));
        assertThat(other.vertex("RUN").platform()).contains(Converted.AMD64);
        assertThat(other.conversion().image().platform()).isEqualTo(arm64);
    }

    @Test
    void theImageIsForThePlatformThatWasAskedFor() {
        Converted converted =
                Converted.of("FROM alpine\n", request -> request.platform(Platform.of("linux", "arm", "v7")));
        assertThat(converted.conversion().image().platform()).isEqualTo(Platform.of("linux", "arm", "v7"));
    }

    @Test
    void stagesThatCopyFromEachOtherInACircleAreRefused() {
        assertThat(Converted.failure("""
                FROM alpine AS a
                COPY --from=b /x /x
                FROM alpine AS b
                COPY --from=a /x /x
                """)).isEqualTo("circular dependency detected on stage: a");
        assertThat(Converted.failure("FROM alpine AS a\nCOPY --from=a /x /y\n"))
                .isEqualTo("circular dependency detected on stage: a");
    }

    @Test
    void aStageCannotCopyFromOneBelow() {
        assertThat(Converted.failure("FROM alpine AS a\nCOPY --from=b /x /x\nFROM alpine AS b\nFROM a\n"))
                .isEqualTo("cannot copy from stage \"b\", it needs to be defined before current stage \"a\"");
    }

    @Test
    void theBaseImageOfAChainIsTheRegistrysAsItWas() {
        Converted converted = Converted.of("FROM alpine AS a\nENV A=1\nFROM a AS b\nFROM b\nENV B=1\n");
        assertThat(converted.conversion().baseImage().orElseThrow().created()).isPresent();
        assertThat(converted.conversion().baseImage().orElseThrow().config().environment())
                .containsExactly(Converted.DEFAULT_PATH);
        assertThat(converted.conversion().image().created()).isEmpty();
    }
}
