package dev.slipway.frontend.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.frontend.Converted;
import dev.slipway.llb.Platform;
import dev.slipway.llb.ProcessMeta.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ARG, ENV and the arguments nobody declares (frontend notes 3.2, 4). */
class ArgumentTest {

    @Test
    void aGlobalArgumentIsSeenByFromAloneUntilAStageDeclaresIt() {
        Converted converted = Converted.of("""
                ARG TAG=1
                ARG NAME="al"pine TAG2=$TAG.2
                FROM $NAME:$TAG2
                ARG TAG
                RUN echo $TAG $NAME
                """);
        assertThat(converted.names())
                .containsExactly("[1/2] FROM docker.io/library/alpine:1.2", "[2/2] RUN echo 1 $NAME");
        assertThat(converted.environment()).containsExactly(Converted.DEFAULT_PATH, "TAG=1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ARG A=1 B=$A         | A=1,B=1
            ARG A                | ''
            ARG A=               | A=
            ARG GIVEN            | GIVEN=g
            ARG GIVEN=d          | GIVEN=g
            ARG GIVEN=${X:?no}   | GIVEN=g
            ENV A=1              | A=1
            ENV A 1  2           | A=1  2
            """)
    void anInstructionSetsVariables(String instruction, String variables) {
        Converted converted =
                Converted.of("FROM alpine\n" + instruction + "\nRUN x\n", request -> request.buildArg("GIVEN", "g"));
        assertThat(String.join(",", converted.environment()))
                .isEqualTo(Converted.DEFAULT_PATH + (variables.isEmpty() ? "" : "," + variables));
    }

    @Test
    void aDefaultThatCannotBeExpandedFailsOnlyWhereItCounts() {
        assertThat(Converted.failure("ARG A=${FOO:?\"custom error\"}\nFROM alpine\n"))
                .isEqualTo("failed to process \"${FOO:?\\\"custom error\\\"}\": FOO: custom error");
        assertThat(Converted.failure("ARG A=${FOO:?no}\nFROM alpine\n", request -> request.buildArg("A", "x")))
                .isEqualTo("no failure");
    }

    @Test
    void allWordsOfAnInstructionSeeTheVariablesAsTheyWereBefore() {
        Converted converted = Converted.of("FROM alpine\nENV x=0\nENV x=1 y=$x\nENV z=$x\nRUN true\n");
        assertThat(converted.environment()).containsExactly(Converted.DEFAULT_PATH, "x=1", "y=0", "z=1");
    }

    @Test
    void aVariableSetAgainMovesInTheProcessAndStaysInTheImage() {
        Converted converted = Converted.of("FROM alpine\nENV A=1\nENV B=2\nENV A=3\nRUN x\n");
        assertThat(converted.environment()).containsExactly(Converted.DEFAULT_PATH, "B=2", "A=3");
        assertThat(converted.config().environment()).containsExactly(Converted.DEFAULT_PATH, "A=3", "B=2");
    }

    @Test
    void aStageOnTopStartsInTheOrderOfTheImage() {
        Converted converted = Converted.of("FROM alpine AS a\nENV A=1\nENV B=2\nENV A=3\nFROM a\nRUN x\n");
        assertThat(converted.environment()).containsExactly(Converted.DEFAULT_PATH, "A=3", "B=2");
    }

    @Test
    void anArgumentAfterAVariableOfTheSameNameCountsForProcessesOnly() {
        Converted converted = Converted.of("FROM alpine\nENV A=env\nARG A=arg\nRUN x\n");
        assertThat(converted.environment()).containsExactly(Converted.DEFAULT_PATH, "A=arg");
        assertThat(converted.config().environment()).containsExactly(Converted.DEFAULT_PATH, "A=env");
    }

    @Test
    void aPercentSignIsNoFormat() {
        assertThat(Converted.of("FROM alpine\nENV a=foo%sbar\nRUN x\n").environment())
                .contains("a=foo%sbar");
    }

    @Test
    void theHistoryNamesEachArgumentOnceWithTheValueThatTheProcessSees() {
        Converted converted = Converted.of(
                "FROM alpine\nARG bar\nARG foo=bar2\nENV bar=123\nARG foo=bar2\nARG none\nRUN x\n",
                request -> request.buildArg("bar", "a"));
        assertThat(converted.history()).last().isEqualTo("RUN |3 bar=123 foo=bar2 none= /bin/sh -c x # buildkit");
    }

    @Test
    void argumentsAreInheritedByStagesOnTop() {
        Converted converted = Converted.of("FROM alpine AS a\nARG X=1\nFROM a\nARG Y=2\nRUN x\n");
        assertThat(converted.history()).last().isEqualTo("RUN |2 X=1 Y=2 /bin/sh -c x # buildkit");
    }

    @Test
    void automaticArgumentsAreThereWithoutBeingDeclared() {
        Converted converted = Converted.of("""
                FROM --platform=$BUILDPLATFORM alpine AS build-arm
                ARG TARGETPLATFORM TARGETVARIANT BUILDOS TARGETSTAGE TARGETOSVERSION
                RUN x
                FROM build-${TARGETARCH}
                """, request -> request.platform(Platform.of("linux", "arm", "v6")));
        assertThat(converted.environment())
                .containsExactly(
                        Converted.DEFAULT_PATH,
                        "TARGETPLATFORM=linux/arm/v6",
                        "TARGETVARIANT=v6",
                        "BUILDOS=linux",
                        "TARGETSTAGE=default",
                        "TARGETOSVERSION=");
    }

    @Test
    void theTargetStageIsTheOneAskedForOrTheLast() {
        String dockerfile = "FROM alpine AS one\nARG TARGETSTAGE\nRUN x\nFROM one AS two\n";
        assertThat(Converted.of(dockerfile).environment()).contains("TARGETSTAGE=two");
        assertThat(Converted.of(dockerfile, request -> request.target("one")).environment())
                .contains("TARGETSTAGE=one");
    }

    @Test
    void anAutomaticArgumentThatIsGivenChangesNoPlatform() {
        Converted converted = Converted.of(
                "FROM alpine\nARG TARGETOS TARGETPLATFORM\nRUN x\n", request -> request.buildArg("TARGETOS", "minix"));
        assertThat(converted.environment()).contains("TARGETOS=minix", "TARGETPLATFORM=linux/amd64");
    }

    @Test
    void theVersionOfTheSystemIsPartOfTheTargetPlatform() {
        Converted converted = Converted.of(
                "FROM alpine\nARG TARGETPLATFORM TARGETOSVERSION\nRUN x\n",
                request -> request.platform(Platform.parse("windows(10.0.17763)/amd64")));
        assertThat(converted.environment())
                .contains("TARGETPLATFORM=windows(10.0.17763)/amd64", "TARGETOSVERSION=10.0.17763");
        assertThat(converted.conversion().image().platform().osVersion()).isEqualTo("10.0.17763");
    }

    @Test
    void proxySettingsReachEveryProcessAndNoImage() {
        Converted converted = Converted.of(
                "FROM alpine\nRUN x\n",
                request -> request.buildArg("HTTP_PROXY", "upper")
                        .buildArg("http_proxy", "lower")
                        .buildArg("No_Proxy", "none"));
        assertThat(converted.exec().meta().proxy()).contains(new Proxy("lower", "", "", "none", ""));
        assertThat(converted.environment()).containsExactly(Converted.DEFAULT_PATH);
        assertThat(converted.history()).containsExactly("RUN /bin/sh -c x # buildkit");
        assertThat(converted.vertex("RUN").metadata().capabilities()).contains("exec.meta.proxyenv");
    }

    @Test
    void argumentsOfTheFrontendItselfReachNoProcess() {
        Converted converted = Converted.of(
                "FROM alpine\nARG BUILDKIT_SBOM_SCAN_STAGE=true BUILDKIT_SYNTAX\nRUN x\n",
                request -> request.buildArg("BUILDKIT_SYNTAX", "s"));
        assertThat(converted.environment()).containsExactly(Converted.DEFAULT_PATH, "BUILDKIT_SYNTAX=s");
    }

    @Test
    void variablesThatHoldVariablesCannotGrowWithoutEnd() {
        StringBuilder dockerfile = new StringBuilder("FROM alpine\nENV A0=0123456789\n");
        for (int i = 1; i < 40; i++) {
            dockerfile.append("ENV A%d=$A%d$A%d\n".formatted(i, i - 1, i - 1));
        }
        assertThat(Converted.failure(dockerfile.toString())).contains("grow");
    }
}
