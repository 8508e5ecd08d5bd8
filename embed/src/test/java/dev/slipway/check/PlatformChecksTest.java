package dev.slipway.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.llb.Platform;
import dev.slipway.parser.DockerfileParser;
import dev.slipway.parser.check.CheckOptions;
import dev.slipway.parser.check.Warning;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each check finds what it is for, and keeps silent on what only looks like it. Lines are separated by {@code \n}. */
class PlatformChecksTest {

    private static final Platform AMD64 = Platform.of("linux", "amd64", "");
    private static final Platform ARM64 = Platform.of("linux", "arm64", "");

    @Test
    void aDefaultOfAnAutomaticArgumentIsUsedForEveryPlatform() {
        assertThat(findings("FROM x\nARG A TARGETARCH=amd64"))
                .containsExactly("PinnedPlatformArg 2: Default value 'amd64' of TARGETARCH is used for every platform"
                        + " instead of the automatic value; write 'ARG TARGETARCH'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ARG BUILDPLATFORM=linux/amd64\nFROM --platform=$BUILDPLATFORM x AS b\nFROM y",
                "FROM x\nARG TARGETVARIANT=",
                "FROM x\nARG TARGETOS=\"linux\""
            })
    void aConstantPins(String dockerfile) {
        assertThat(rules(dockerfile)).containsExactly("PinnedPlatformArg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM x\nARG TARGETARCH",
                "ARG ARCH=amd64\nFROM x",
                "ARG TARGETPLATFORM=${TARGETPLATFORM:-linux/amd64}\nFROM x",
                "FROM x\nARG TARGETSTAGE=release",
                "FROM x\nENV TARGETARCH=amd64"
            })
    void whatIsNoConstantOrNotAutomaticDoesNotPin(String dockerfile) {
        assertThat(rules(dockerfile)).isEmpty();
    }

    @Test
    void anImageBuiltOnTheBuildPlatformIsTheSameForAll() {
        assertThat(findings("FROM --platform=$BUILDPLATFORM x AS base\nFROM base\nRUN true"))
                .containsExactly(
                        "BuildPlatformTarget 1: The image is built on $BUILDPLATFORM, so its files are the same for linux/amd64, linux/arm64; leave --platform out here and copy what runs anywhere"
                                + " from a build stage");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM --platform=$BUILDPLATFORM x AS build\nFROM y\nCOPY --from=build /a /a",
                "FROM --platform=$TARGETPLATFORM x",
                "FROM --platform=${BUILDPLATFORM} scratch\nCOPY a /a",
                "FROM x"
            })
    void aBuildStageMayRunOnTheBuildPlatform(String dockerfile) {
        assertThat(rules(dockerfile)).isEmpty();
    }

    @Test
    void onePlatformIsNoMultiPlatformBuild() {
        assertThat(run("FROM --platform=$BUILDPLATFORM x", List.of(ARM64), Optional.empty()))
                .isEmpty();
    }

    @Test
    void theTargetDecidesWhatIsTheFinalStage() {
        String dockerfile = "FROM --platform=$BUILDPLATFORM x AS tool\nFROM y";
        assertThat(rules(dockerfile)).isEmpty();
        assertThat(run(dockerfile, List.of(AMD64, ARM64), Optional.of("TOOL"))).hasSize(1);
        assertThat(run(dockerfile, List.of(AMD64, ARM64), Optional.of("none"))).isEmpty();
    }

    @Test
    void anArgumentThatTheStageDoesNotDeclareIsEmpty() {
        assertThat(findings("FROM x\nRUN echo $TARGETARCH\nRUN echo ${TARGETARCH}"))
                .containsExactly(
                        "UndeclaredPlatformArg 2: TARGETARCH is used in a stage that does not declare it, so it is empty; add 'ARG TARGETARCH' to the stage");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ARG TARGETARCH\nFROM x\nRUN echo $TARGETARCH",
                "FROM x AS a\nARG TARGETARCH\nFROM y\nRUN echo $TARGETARCH",
                "FROM x\nCOPY a-$TARGETOS /a",
                "FROM x\nARG URL=http://x/$TARGETARCH",
                "FROM x\nRUN <<EOF\necho ${BUILDPLATFORM%/*}\nEOF",
                "FROM x\nRUN [\"sh\", \"-c\", \"echo $TARGETARCH\"]"
            })
    void aDeclarationElsewhereDoesNotCount(String dockerfile) {
        assertThat(rules(dockerfile)).containsExactly("UndeclaredPlatformArg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM x\nARG TARGETARCH\nRUN echo $TARGETARCH",
                "FROM x AS a\nARG TARGETARCH\nFROM a\nRUN echo $TARGETARCH",
                "FROM x\nENV TARGETARCH=x\nRUN echo $TARGETARCH",
                "FROM --platform=$BUILDPLATFORM x AS b\nFROM y",
                "FROM x\nRUN TARGETARCH=$(uname -m) && echo $TARGETARCH",
                "FROM x\nRUN for TARGETOS in a b; do echo $TARGETOS; done",
                "FROM x\nRUN read -r TARGETARCH < /a; echo $TARGETARCH",
                "FROM x\nRUN echo \\$TARGETARCH",
                "FROM x\nLABEL a='$TARGETARCH'",
                "FROM x\nCMD echo $TARGETARCH",
                "FROM x\nRUN echo $MYTARGETARCH $TARGETARCHIVE"
            })
    void whatIsSetOrNeverExpandedIsNotMissing(String dockerfile) {
        assertThat(rules(dockerfile)).isEmpty();
    }

    @Test
    void aDownloadForOneProcessorIsForeignToTheOthers() {
        assertThat(findings("FROM x\n"
                        + "RUN curl -fsSLO https://h/tool-linux-x86_64.tar.gz && tar xf"
                        + " tool-linux-x86_64.tar.gz"))
                .containsExactly(
                        "ForeignArchitecture 2: 'https://h/tool-linux-x86_64.tar.gz' is for amd64, but the step also"
                                + " runs for linux/arm64; use $TARGETARCH to choose it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM x\nRUN wget https://h/v1/linux/amd64/kubectl",
                "FROM x\nRUN apt-get install -y linux-image-amd64",
                "FROM x\nRUN apt-get install libc6:armhf",
                "FROM x\nRUN dnf install -y foo.aarch64",
                "FROM x\nRUN dpkg -i /tmp/tool_1.0_amd64.deb",
                "FROM --platform=linux/arm64 x AS t\nRUN curl -O https://h/t-amd64\nFROM y",
                "FROM x\nRUN <<EOF\ncurl -O https://h/t-amd64\nEOF",
                "FROM x AS a\nFROM a\nRUN curl https://h/node-v20-linux-x64.tar.xz | tar xJ"
            })
    void aNameForOneProcessorIsForeign(String dockerfile) {
        assertThat(rules(dockerfile)).containsExactly("ForeignArchitecture");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM x\nARG TARGETARCH\nRUN curl -O https://h/$TARGETARCH/t && echo https://h/amd64",
                "FROM x\nRUN curl -O https://h/t-$(uname -m) || curl -O https://h/t-x86_64",
                "FROM x\nRUN curl -O https://h/$(dpkg --print-architecture)/t || curl -O https://h/amd64/t",
                "FROM x\nRUN curl -O https://h/t-amd64 && curl -O https://h/t-arm64",
                "FROM --platform=$BUILDPLATFORM x AS b\nRUN curl -O https://h/t-amd64\nFROM y",
                "FROM --platform=linux/amd64 x AS b\nRUN curl -O https://h/t-amd64\nFROM y",
                "FROM x\nRUN apt-get install -y gcc-aarch64-linux-gnu",
                "FROM x\nRUN echo amd64 > /arch",
                "FROM x\nRUN apk add gcc && test $(gcc -dumpmachine) = riscv64",
                "FROM x\nRUN dpkg --add-architecture i386",
                "FROM x\nRUN apt-get install libc6:amd64 lib-$(dpkg-architecture -qDEB_HOST_ARCH)",
                "FROM x\nRUN GOARCH=amd64 go build ./...",
                "FROM x\nRUN curl -O https://h/farmhfx/xamd64y",
                "FROM x\nRUN --mount=from=z,target=/z /z/amd64/tool"
            })
    void aCommandThatKnowsItsProcessorIsLeftAlone(String dockerfile) {
        assertThat(rules(dockerfile)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM x\nRUN for f in *; do [ \"$f\" = \"s390x-a.tar.gz\" ] || tar -xf $f; done; make install",
                "FROM x\nRUN if test -e t-amd64.tar.gz; then exit 1; fi",
                "FROM x\nRUN tar -x --exclude='*-amd64.deb' -f all.tar && dpkg -i *.deb",
                "FROM x\nRUN wget -r --reject t_amd64.deb https://h/",
                "FROM x\nRUN rm -f t_amd64.deb && dpkg -i *.deb",
                "FROM x\nRUN find . -name '*_amd64.deb' -delete",
                "FROM x\nRUN find . ! -name '*_amd64.deb' -exec dpkg -i {} +",
                "FROM x\nRUN ls *.rpm | grep -v x.x86_64.rpm | xargs rpm -i",
                "FROM x\nRUN apt-get install -y curl # not t_amd64.deb\n",
                "FROM x\nRUN echo 'no t_amd64.deb here' && apt-get purge -y libc6-i386"
            })
    void whatIsNamedOnlyToBeSkippedIsNotForeign(String dockerfile) {
        assertThat(rules(dockerfile)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM x\nRUN yum install -y https://h/6/x86_64/release.noarch.rpm",
                "FROM x\nRUN curl https://h/debian/amd64/archive.key | apt-key add -",
                "FROM x\nRUN curl -O https://h/go1.windows-amd64.zip",
                "FROM x\nRUN apt-get install -y g++-mingw-w64-x86-64",
                "FROM x\nRUN A=$(xinfo --amd64 64 --arm64 arm64-v8a) && apk add curl && curl -O https://h/t-$A",
                "FROM x\nRUN curl -O https://h/t.tgz && patch -p1 < s390x.patch && make install"
            })
    void aFileThatNoProcessorOrEveryOneTakesIsNotForeign(String dockerfile) {
        assertThat(rules(dockerfile)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM x\nRUN if [ ! -f t ]; then curl -O https://h/t-amd64.tgz; fi",
                "FROM x\nRUN [ -f t-amd64.tgz ] || curl -O https://h/t-amd64.tgz",
                "FROM x\nRUN wget https://h/t_\"$V\"_amd64 && chmod +x t*",
                "FROM x\nRUN echo \"deb [arch=amd64] https://h stable main\" > /etc/apt/sources.list.d/h.list",
                "FROM x\nRUN apt-get install -y wget && \\\n    wget https://h/t_amd64.deb && \\\n    rm t_amd64.deb"
            })
    void whatIsUsedIsForeignWhateverStandsBesideIt(String dockerfile) {
        assertThat(rules(dockerfile)).containsExactly("ForeignArchitecture");
    }

    @Test
    void whatIsForTheOnlyPlatformIsNotForeign() {
        assertThat(run("FROM x\nRUN curl -O https://h/t-amd64", List.of(AMD64), Optional.empty()))
                .isEmpty();
        assertThat(run("FROM x\nRUN curl -O https://h/t-amd64", List.of(ARM64), Optional.empty()))
                .hasSize(1);
        assertThat(run("FROM x\nRUN dpkg -i a:i386.deb", List.of(AMD64), Optional.empty()))
                .isEmpty();
    }

    @Test
    void aRuleIsSkippedByNameInTheFileOrAboveTheInstruction() {
        assertThat(rules("# check=skip=PinnedPlatformArg\nFROM x\nARG TARGETARCH=amd64"))
                .isEmpty();
        assertThat(rules("FROM x\n# check=skip=PinnedPlatformArg\nARG TARGETARCH=amd64\nARG TARGETOS=linux"))
                .containsExactly("PinnedPlatformArg");
    }

    @Test
    void everyRuleHasANameAndADescription() {
        assertThat(PlatformChecks.rules()).hasSize(4).allSatisfy(rule -> {
            assertThat(rule.name()).matches("[A-Z][A-Za-z]+");
            assertThat(rule.description()).isNotEmpty();
            assertThat(rule.experimental()).isFalse();
        });
    }

    private static List<String> rules(String dockerfile) {
        return run(dockerfile, List.of(AMD64, ARM64), Optional.empty()).stream()
                .map(warning -> warning.rule().name())
                .toList();
    }

    private static List<String> findings(String dockerfile) {
        return run(dockerfile, List.of(AMD64, ARM64), Optional.empty()).stream()
                .map(warning ->
                        warning.rule().name() + " " + warning.ranges().get(0).startLine() + ": " + warning.detail())
                .toList();
    }

    private static List<Warning> run(String dockerfile, List<Platform> platforms, Optional<String> target) {
        byte[] source = dockerfile.getBytes(StandardCharsets.UTF_8);
        List<Warning> warnings = new ArrayList<>();
        PlatformChecks.run(
                new CheckedBuild(DockerfileParser.parse(source), platforms, AMD64, target),
                CheckOptions.of(source),
                warnings::add);
        return warnings;
    }
}
