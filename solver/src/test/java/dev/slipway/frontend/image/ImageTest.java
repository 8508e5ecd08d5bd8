package dev.slipway.frontend.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.frontend.Converted;
import dev.slipway.llb.Platform;
import dev.slipway.oci.config.HistoryEntry;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The image config and its history (frontend notes 3.3, 7). */
class ImageTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ENV a=b c="d e"                  | ENV a=b c=d e
            ENV a b  c                       | ENV a=b  c
            LABEL a=b c=d                    | LABEL a=b c=d
            MAINTAINER me <a@b>              | MAINTAINER me <a@b>
            USER $U:g                        | USER usr:g
            WORKDIR /w                       | WORKDIR /w
            EXPOSE 80 443/UDP 1-2            | EXPOSE [1/tcp 2/tcp 443/udp 80/tcp]
            EXPOSE $P                        | EXPOSE [7/tcp 8/tcp]
            VOLUME /a $U                     | VOLUME [/a usr]
            VOLUME ["/a b"]                  | VOLUME [/a b]
            STOPSIGNAL term                  | STOPSIGNAL term
            SHELL ["a", "b"]                 | SHELL [a b]
            CMD a "b"                        | CMD ["/bin/sh" "-c" "a \\"b\\""]
            CMD ["a", "b c"]                 | CMD ["a" "b c"]
            CMD                              | CMD ["/bin/sh" "-c" ""]
            CMD []                           | CMD []
            ENTRYPOINT ["a"]                 | ENTRYPOINT ["a"]
            ARG A=$U B C                     | ARG A=usr B C=given
            RUN ["a", "b"]                   | RUN a b # buildkit
            COPY --chown=$U --chmod=755 --link a $U /x/ | COPY --chown=usr --chmod=755 a usr /x/ # buildkit
            COPY --parents --exclude=q a /x/ | COPY --parents a /x/ # buildkit
            ADD https://h/x $U               | ADD https://h/x usr # buildkit
            HEALTHCHECK NONE                 | HEALTHCHECK {Test:[NONE] Interval:0s Timeout:0s StartPeriod:0s StartInterval:0s Retries:0}
            HEALTHCHECK --interval=5s --timeout=1h30m --start-period=1.5s --start-interval=200ms --retries=3 CMD curl x | HEALTHCHECK {Test:[CMD-SHELL curl x] Interval:5s Timeout:1h30m0s StartPeriod:1.5s StartInterval:200ms Retries:3}
            """)
    void anInstructionIsWrittenDown(String instruction, String history) {
        Converted converted = Converted.of(
                "FROM alpine\nENV U=usr P=\"8 7\"\n" + instruction + "\n", request -> request.buildArg("C", "given"));
        String last = converted.history().get(1).replaceFirst("^RUN \\|\\S+ ", "RUN ");
        String expected = history.startsWith("EXPOSE [7") ? "EXPOSE [8/tcp 7/tcp]" : history;
        assertThat(last).isEqualTo(expected);
    }

    @Test
    void onlyWhatChangesFilesHasALayer() {
        Converted converted =
                Converted.of("FROM alpine\nRUN x\nCOPY a /\nADD a /\nWORKDIR /w\nENV A=1\nONBUILD RUN y\n");
        assertThat(converted.conversion().image().history())
                .extracting(HistoryEntry::emptyLayer)
                .containsExactly(false, false, false, false, false, true);
        assertThat(converted.conversion().image().history().get(1).comment()).isEqualTo("buildkit.dockerfile.v0");
        assertThat(converted.conversion().image().history().get(1).created()).isEmpty();
    }

    @Test
    void newEntriesHaveTheTimeOfTheBuild() {
        Converted converted =
                Converted.of("FROM alpine\nENV A=1\n", request -> request.buildArg("SOURCE_DATE_EPOCH", "0"));
        assertThat(converted.conversion().image().history())
                .extracting(entry ->
                        entry.created().map(OffsetDateTime::toEpochSecond).orElse(-1L))
                .containsExactly(-1L, 0L);
        assertThat(converted.conversion().sourceDateEpoch()).hasValue(0);
    }

    @Test
    void everythingIsInherited() {
        Converted converted = Converted.of("""
                FROM alpine AS a
                LABEL l=1
                EXPOSE 80
                VOLUME /v
                HEALTHCHECK NONE
                SHELL ["s"]
                STOPSIGNAL 9
                MAINTAINER m
                FROM a
                """);
        assertThat(converted.config().labels()).containsEntry("l", "1");
        assertThat(converted.config().exposedPorts()).containsExactly("80/tcp");
        assertThat(converted.config().volumes()).containsExactly("/v");
        assertThat(converted.config().healthcheck()).isPresent();
        assertThat(converted.config().shell()).containsExactly("s");
        assertThat(converted.config().stopSignal()).isEqualTo("9");
        assertThat(converted.conversion().image().author()).isEqualTo("m");
    }

    @Test
    void stagesOnOneBaseDoNotShareWhatTheyChange() {
        Converted converted = Converted.of("""
                FROM alpine AS base
                LABEL a=1
                ENV A=1
                FROM base AS left
                LABEL b=2
                ENV A=2
                ENV B=2
                EXPOSE 1
                FROM base
                COPY --from=left /x /
                LABEL c=3
                ENV C=3
                """);
        assertThat(converted.config().labels()).isEqualTo(Map.of("a", "1", "c", "3"));
        assertThat(converted.config().environment()).containsExactly(Converted.DEFAULT_PATH, "A=1", "C=3");
        assertThat(converted.config().exposedPorts()).isEmpty();
        assertThat(converted.history()).noneMatch(text -> text.contains("b=2"));
    }

    @Test
    void anEntrypointDropsACommandThatWasInherited() {
        assertThat(Converted.of("FROM alpine\nENTRYPOINT [\"e\"]\n").config().command())
                .isEmpty();
        assertThat(Converted.of("FROM alpine AS a\nCMD [\"c\"]\nFROM a\nENTRYPOINT [\"e\"]\n")
                        .config()
                        .command())
                .isEmpty();
        assertThat(Converted.of("FROM alpine\nCMD [\"c\"]\nENTRYPOINT [\"e\"]\n")
                        .config()
                        .command())
                .containsExactly("c");
        assertThat(Converted.of("FROM alpine\nENTRYPOINT []\n").config().entrypoint())
                .isEmpty();
    }

    @Test
    void aCommandIsMarkedAsEscapedAndAnEntrypointIsNot() {
        assertThat(Converted.of("FROM alpine\nCMD x\n").config().argsEscaped()).isTrue();
        assertThat(Converted.of("FROM alpine\nENTRYPOINT x\n").config().argsEscaped())
                .isFalse();
    }

    @Test
    void labelsOfTheBuildWin() {
        Converted converted = Converted.of(
                "FROM alpine\nLABEL a=file b=file\n",
                request -> request.label("a", "build").label("c", ""));
        assertThat(converted.config().labels()).isEqualTo(Map.of("a", "build", "b", "file", "c", ""));
        assertThat(converted.history()).hasSize(1);
    }

    @Test
    void aSearchPathIsThereButOnWindows() {
        String bare = """
                {"architecture":"amd64","os":"%s","rootfs":{"type":"layers","diff_ids":["%s"]},"config":{"Env":["A=1"]}}
                """;
        String reference = "docker.io/library/bare:latest";
        Converted linux = Converted.of(
                "FROM bare\nRUN x\n",
                Map.of(reference, bare.formatted("linux", Converted.digestOf("x"))),
                request -> {});
        assertThat(linux.environment()).containsExactly("A=1", Converted.DEFAULT_PATH);
        Converted windows = Converted.of(
                "FROM bare\nRUN x\n",
                Map.of(reference, bare.formatted("windows", Converted.digestOf("x"))),
                request -> request.platform(Platform.of("windows", "amd64", "")));
        assertThat(windows.environment()).containsExactly("A=1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            STOPSIGNAL nope           | invalid signal: nope
            STOPSIGNAL 0              | invalid signal: 0
            VOLUME $NOTHING           | VOLUME specified can not be an empty string
            EXPOSE x                  | invalid containerPort: x
            EXPOSE 70000              | invalid containerPort: 70000
            EXPOSE 5-3                | invalid containerPort: 5-3
            EXPOSE 80/foo             | invalid port: "80/foo": invalid proto: foo
            EXPOSE 1-9:2-3            | invalid ranges specified for container and host Ports: 2-3 and 1-9
            EXPOSE a:80               | invalid hostPort: a
            EXPOSE x:1:80             | invalid IP address: x
            """)
    void aValueThatMakesNoSenseIsRefused(String instruction, String message) {
        assertThat(Converted.failure("FROM alpine\n" + instruction + "\n")).isEqualTo(message);
    }
}
