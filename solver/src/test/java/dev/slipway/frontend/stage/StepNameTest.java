package dev.slipway.frontend.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.frontend.Converted;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceLocation;
import dev.slipway.llb.SourceLocation.SourceFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What progress calls steps, and where it says they stand (frontend notes 6.10). */
class StepNameTest {

    @Test
    void numbersAreAlignedAndOnlyWhatMakesALayerHasOne() {
        StringBuilder dockerfile = new StringBuilder("FROM alpine\nENV A=1\n");
        for (int i = 0; i < 9; i++) {
            dockerfile.append("RUN ").append(i).append('\n');
        }
        assertThat(Converted.of(dockerfile.toString()).names())
                .startsWith("[ 1/10] FROM docker.io/library/alpine:latest", "[ 2/10] RUN 0")
                .endsWith("[10/10] RUN 8");
    }

    @Test
    void aStageWithoutANameHasItsNumber() {
        assertThat(Converted.of("FROM scratch AS a\nFROM alpine\nRUN x\n").names())
                .last()
                .isEqualTo("[stage-1 2/2] RUN x");
    }

    @Test
    void theOnlyStageIsNotNamedUnlessItNamesAnImage() {
        assertThat(Converted.of("FROM alpine AS a\nRUN x\n").names()).last().isEqualTo("[2/2] RUN x");
        assertThat(Converted.of("FROM alpine\nRUN --mount=type=tmpfs,target=/t x\n")
                        .names())
                .last()
                .isEqualTo("[stage-0 2/2] RUN --mount=type=tmpfs,target=/t x");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            run echo $A "$A" '$A' $B        | RUN echo 1 "1" '$A' $B
            RUN echo ${A:-x} ${B:-x}        | RUN echo 1 ${B:-x}
            RUN echo ${A=x}                 | RUN echo ${A=x}
            copy $A "$A" /$B                | COPY 1 1 /
            ADD --chown=$A a /x             | ADD --chown=1 a /x
            workdir /$A                     | WORKDIR /1
            COPY ["$A x", "/y"]             | COPY [1 x, /y]
            """)
    void variablesAreReplaced(String instruction, String name) {
        assertThat(Converted.of("FROM alpine\nENV A=1\n" + instruction + "\n").names())
                .last()
                .isEqualTo("[2/2] " + name);
    }

    @Test
    void severalPlatformsAreToldApart() {
        Converted converted =
                Converted.of("""
                FROM --platform=$BUILDPLATFORM alpine AS build
                RUN native
                ARG TARGETARCH TARGETVARIANT
                RUN cross
                FROM scratch
                COPY --from=build /x /x
                RUN y
                """, request -> request.multiPlatform(true).platform(Platform.of("linux", "arm", "v7")));
        assertThat(converted.names())
                .containsExactly(
                        "[linux/amd64 build 1/3] FROM docker.io/library/alpine:latest",
                        "[linux/amd64 build 2/3] RUN native",
                        "[linux/amd64->arm/v7 build 3/3] RUN cross",
                        "[linux/arm/v7 stage-1 1/2] COPY --from=build /x /x",
                        // Nobody knows which platform a process without an image runs on.
                        "[stage-1 2/2] RUN y");
    }

    @ParameterizedTest
    @CsvSource({
        "TARGETPLATFORM=linux/amd64, ''",
        "TARGETPLATFORM=linux/arm64, ->arm64",
        "TARGETPLATFORM=windows/amd64, ->windows/amd64",
        "TARGETPLATFORM=?, ''",
        "TARGETOS=windows, ->windows/amd64",
        "TARGETARCH=arm, ->arm/v7",
        "TARGETVARIANT=v3, ''",
    })
    void theAimOfACrossBuildIsShown(String variable, String suffix) {
        Converted converted =
                Converted.of("FROM alpine\nENV " + variable + "\nRUN x\n", request -> request.multiPlatform(true));
        assertThat(converted.names()).last().isEqualTo("[linux/amd64" + suffix + " 2/2] RUN x");
    }

    @Test
    void stepsSayWhichLinesTheyAre() {
        String dockerfile = "FROM alpine\nRUN one \\\n  two\nCOPY a /\n";
        SourceFile file = new SourceFile("Dockerfile", "Dockerfile", Bytes.utf8(dockerfile));
        Converted converted = Converted.of(dockerfile, request -> request.file(file));
        assertThat(converted.vertex("RUN").metadata().locations())
                .containsExactly(new SourceLocation(
                        file, List.of(new SourceLocation.Range(2, 0, 2, 0), new SourceLocation.Range(3, 0, 3, 0))));
        assertThat(converted.vertex("load build context").metadata().locations())
                .isEmpty();
    }
}
