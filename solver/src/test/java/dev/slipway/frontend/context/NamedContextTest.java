package dev.slipway.frontend.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.ImageNotFoundException;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.ResolvedImage;
import dev.slipway.frontend.Converted;
import dev.slipway.frontend.FrontendRequest;
import dev.slipway.frontend.ImageResolver;
import dev.slipway.frontend.NamedContext;
import dev.slipway.frontend.convert.Frontend;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.Platform;
import dev.slipway.parser.DockerfileParser;
import dev.slipway.parser.check.Checks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contexts by name (frontend notes 10.3). */
class NamedContextTest {

    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private static Converted with(String name, String value, String dockerfile) {
        return Converted.of(
                dockerfile,
                request ->
                        request.namedContext(name, new NamedContext(value, Converted.SESSION, "key", List.of("skip"))));
    }

    @Test
    void anImageStandsInForABase() {
        Converted converted = with("alpine", "docker-image://busybox:1", "FROM alpine\nRUN x\n");
        assertThat(converted.names()).containsExactly("[context alpine] busybox:1", "[1/2] RUN x");
        // Unlike a base image it is not pinned.
        assertThat(converted.sources()).containsOnlyKeys("docker-image://docker.io/library/busybox:1");
        assertThat(converted.conversion().definition().vertices().get(0).op().toString())
                .doesNotContain("@sha256");
        assertThat(converted.conversion().image().created()).isEmpty();
    }

    @Test
    void nobodyIsAskedForAnImageThatAContextStandsInFor() {
        List<ImageRequest> expected = new ArrayList<>();
        ImageResolver resolver = new ImageResolver() {
            @Override
            public ResolvedImage resolve(ImageRequest request) {
                throw new ImageNotFoundException(request.reference());
            }

            @Override
            public void expect(Collection<ImageRequest> requests) {
                expected.addAll(requests);
            }
        };
        FrontendRequest request =
                Converted.request(settings -> settings.namedContext("alpine", NamedContext.of("local:folder")));

        Frontend.convert(
                DockerfileParser.parse("FROM alpine\nRUN x\n".getBytes(StandardCharsets.UTF_8)),
                request,
                resolver,
                Checks.none());

        assertThat(expected).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"alpine", "docker.io/library/alpine", "docker.io/library/alpine:latest", "alpine:latest"})
    void aNameIsFoundInItsShortForm(String base) {
        Converted converted = with("alpine", "docker-image://busybox", "FROM " + base + "\nRUN x\n");
        assertThat(converted.names()).first().isEqualTo("[context alpine] busybox");
    }

    @Test
    void theContextForThePlatformComesFirst() {
        Converted converted = Converted.of(
                "FROM alpine\n",
                request -> request.platform(Platform.of("linux", "arm64", ""))
                        .namedContext("alpine", NamedContext.of("docker-image://any"))
                        .namedContext("alpine::linux/arm64", NamedContext.of("docker-image://arm")));
        assertThat(converted.names()).containsExactly("[context alpine::linux/arm64] arm");
    }

    @Test
    void aStageIsReplacedWithAllThatItStandsOn() {
        Converted converted = with("base", "docker-image://busybox", """
                FROM missing AS base
                RUN never
                FROM base
                RUN x
                """);
        assertThat(converted.names()).containsExactly("[context base] busybox", "[stage-1 1/1] RUN x");
    }

    @Test
    void aContextThatNobodyNeedsIsNeverLookedInto() {
        Converted converted = with("unused", "nonsense", "FROM alpine AS unused\nFROM scratch\nCOPY a /\n");
        assertThat(converted.names()).hasSize(2);
    }

    @Test
    void aFolderIsNarrowedToWhatIsReadOfIt() {
        Converted converted = with("src", "local:folder", "FROM alpine\nCOPY --from=src a b/../c /\n");
        assertThat(converted.sources().get("local://folder"))
                .isEqualTo(Map.of(
                        "local.session", Converted.SESSION,
                        "local.sharedkeyhint", "context:src-key",
                        "local.excludepatterns", "[\"skip\"]",
                        "local.followpaths", "[\"a\",\"c\"]"));
        assertThat(converted.names()).contains("[context src] load from client");
        Converted whole = with("src", "local:folder", "FROM src\nRUN x\n");
        assertThat(whole.sources().get("local://folder")).doesNotContainKey("local.followpaths");
    }

    @Test
    void aFolderInPlaceOfAStageIsOneForAllWhoReadIt() {
        Converted converted = with("src", "local:folder", """
                FROM alpine AS src
                FROM alpine
                COPY --from=src a /
                COPY --from=src b /
                """);
        assertThat(converted.sources().get("local://folder")).containsEntry("local.followpaths", "[\"a\",\"b\"]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://h/r.git#main     | git://h/r.git#main | [internal] load git source https://h/r.git#main
            git://h/r.git            | git://h/r.git      | [internal] load git source git://h/r.git
            git@h:o/r.git            | git://h/o/r.git    | [internal] load git source git@h:o/r.git
            me@h:o/r                 | git://h/o/r        | [internal] load git source me@h:o/r
            ssh://h/o/r#v1           | git://h/o/r#v1     | [internal] load git source ssh://h/o/r#v1
            github.com/o/r           | git://github.com/o/r | [internal] load git source github.com/o/r
            https://h/file           | https://h/file     | [context src] https://h/file
            """)
    void anAddressIsFetched(String value, String identifier, String name) {
        Converted converted = with("src", value, "FROM scratch\nCOPY --from=src a /\n");
        assertThat(converted.sources()).containsOnlyKeys(identifier);
        assertThat(converted.names()).first().isEqualTo(name);
    }

    @Test
    void aContextHonoursTheTimeOfFiles() {
        Converted converted = with("src", "https://h/r.git?mtime=commit", "FROM scratch\nCOPY --from=src a /\n");
        assertThat(converted.sources().get("git://h/r.git")).containsEntry("git.mtime", "commit");
    }

    @Test
    void aLayoutIsReadByItsDigest() {
        Converted converted = with("img", "oci-layout://store@" + DIGEST, "FROM img\nRUN x\n");
        assertThat(converted.sources().get("oci-layout://docker.io/library/img"))
                .isEqualTo(Map.of("oci.session", Converted.SESSION, "oci.store", "store"));
        assertThat(converted.conversion().definition().vertices().get(0).op().toString())
                .contains("docker.io/library/img@" + DIGEST);
        assertThat(converted.names()).first().isEqualTo("[context img] OCI load from client");
    }

    @Test
    void aLayoutWithoutADigestIsPinnedByWhoFindsIt() {
        Converted converted = with("img:2", "oci-layout://store:1", "FROM img:2\n");
        assertThat(converted.conversion().definition().vertices().get(0).op().toString())
                .contains("docker.io/library/img:2@" + Converted.digestOf("docker.io/library/img:1"));
    }

    @Test
    void anEmptyContextIsScratch() {
        Converted converted = with("base", "docker-image://scratch", "FROM base\nCOPY a /\n");
        assertThat(converted.names()).containsExactly("[internal] load build context", "[1/2] COPY a /");
        assertThat(converted.config().environment()).containsExactly(Converted.DEFAULT_PATH);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nonsense       | invalid context specifier nonsense for base
            target:x       | build context base: target stage "x" could not be found
            other:x        | unsupported context source other for base
            git:x          | invalid git context git:x
            docker-image://A | invalid reference format: repository name (library/A) must be lowercase
            """)
    void aValueThatMakesNoSenseIsRefused(String value, String message) {
        assertThat(Converted.failure("FROM base\n", request -> request.namedContext("base", NamedContext.of(value))))
                .isEqualTo(message);
    }

    @Test
    void aStageWhoseNameCanBeNoContextIsRefused() {
        assertThat(Converted.failure("FROM alpine AS a-\n"))
                .isEqualTo("invalid context name a-: invalid reference format");
    }

    @Test
    void scratchAndContextMeanWhatTheySay() {
        Converted converted = Converted.of(
                "FROM scratch\nCOPY --from=context a /\n",
                request -> request.namedContext("scratch", NamedContext.of("nonsense"))
                        .namedContext("other", NamedContext.of("docker-image://x")));
        assertThat(converted.names()).first().isEqualTo("FROM docker.io/library/context:latest");
    }

    private static final String STAGES = """
            FROM alpine AS tools
            ENV TOOLS=/tools
            WORKDIR /tools
            RUN make tools
            FROM %s AS app
            COPY --from=tools /tools /
            RUN app
            """;

    @Test
    void aStageStandsInForABase() {
        Converted stage = Converted.of(STAGES.formatted("tools"));
        Converted converted = with("base", "target:tools", STAGES.formatted("base"));
        assertThat(converted.conversion().definition().head())
                .isEqualTo(stage.conversion().definition().head());
        assertThat(converted.config()).isEqualTo(stage.config());
        assertThat(converted.history()).isEqualTo(stage.history());
    }

    @Test
    void aStageTakesThePlaceOfTheImageThatItStandsOn() {
        Converted converted = with("alpine", "target:patched", """
                FROM alpine AS patched
                RUN patch
                FROM alpine
                RUN app
                """);
        assertThat(converted.names())
                .containsExactly(
                        "[patched 1/2] FROM docker.io/library/alpine:latest",
                        "[patched 2/2] RUN patch",
                        "[stage-1 1/2] RUN app");
    }

    @Test
    void aStageIsBuiltForThePlatformOnWhichItsNameIsWanted() {
        Converted converted = Converted.of(
                """
                FROM alpine AS tool
                ARG TARGETARCH
                RUN make $TARGETARCH
                FROM --platform=$BUILDPLATFORM maker AS made
                RUN use
                FROM maker
                COPY --from=made /x /
                """,
                request -> request.platform(Platform.of("linux", "arm64", ""))
                        .namedContext("maker::linux/arm64", NamedContext.of("target:tool"))
                        .namedContext("maker", NamedContext.of("target:tool")));
        assertThat(converted.conversion().definition().vertices())
                .filteredOn(vertex -> vertex.op() instanceof ExecOp)
                .extracting(vertex -> vertex.platform().orElseThrow().architecture()
                        + ((ExecOp) vertex.op()).meta().environment())
                .anyMatch(text -> text.startsWith("amd64") && text.contains("TARGETARCH=amd64"))
                .anyMatch(text -> text.startsWith("arm64") && text.contains("TARGETARCH=arm64"));
    }

    @Test
    void stagesThatStandInShareOneContextWithAllOthers() {
        Converted converted = with("base", "target:files", """
                FROM scratch AS files
                COPY a /
                FROM base
                COPY b /
                """);
        assertThat(converted.followedPaths()).isEqualTo("[\"a\",\"b\"]");
    }

    @Test
    void stagesThatStandInForEachOtherMakeNoCircle() {
        Converted converted = Converted.of(
                """
                FROM b AS one
                RUN one
                FROM a AS two
                RUN two
                FROM a
                RUN last
                """,
                request -> request.namedContext("a", NamedContext.of("target:one"))
                        .namedContext("b", NamedContext.of("target:two")));
        assertThat(converted.names())
                .containsExactly(
                        "[two 1/2] FROM docker.io/library/a:latest",
                        "[two 2/2] RUN two",
                        "[one 1/2] RUN one",
                        "[stage-2 1/2] RUN last");
    }
}
