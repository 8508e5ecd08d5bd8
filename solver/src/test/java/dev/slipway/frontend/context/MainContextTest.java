package dev.slipway.frontend.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.frontend.Converted;
import dev.slipway.frontend.MainContext;
import dev.slipway.frontend.convert.Frontend;
import dev.slipway.llb.FileAction.Copy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The main context (frontend notes 6.9, 8, 10.2). */
class MainContextTest {

    private static Converted from(MainContext context) {
        return Converted.of("FROM scratch\nCOPY a /\n", request -> request.context(context));
    }

    @Test
    void aFolderHasASessionAndWhatItLeavesOut() {
        Converted converted = from(new MainContext.Local("context", "session", List.of("*.log", "!<x>")));
        assertThat(converted.sources())
                .isEqualTo(Map.of(
                        "local://context",
                        Map.of(
                                "local.session", "session",
                                "local.sharedkeyhint", "context",
                                "local.excludepatterns", "[\"*.log\",\"!\\u003cx\\u003e\"]",
                                "local.followpaths", "[\"a\"]")));
        assertThat(converted.names()).first().isEqualTo("[internal] load build context");
        assertThat(converted.vertex("load build context").metadata().capabilities())
                .containsExactly(
                        "source.local",
                        "source.local.excludepatterns",
                        "source.local.followpaths",
                        "source.local.sessionid",
                        "source.local.sharedkeyhint");
    }

    @Test
    void aPatternThatCannotBeReadIsRefused() {
        assertThat(Converted.failure(
                        "FROM scratch\n",
                        request -> request.context(new MainContext.Local("context", "", List.of("!")))))
                .isEqualTo("illegal exclusion pattern: \"!\"");
    }

    @Test
    void aRepositoryIsNotNarrowed() {
        Converted converted = from(new MainContext.Git("https://h/r.git#main:sub", true, true, Optional.empty()));
        assertThat(converted.sources().get("git://h/r.git#main:sub"))
                .containsEntry("git.keepgitdir", "true")
                .containsEntry("git.mtime", "commit")
                .doesNotContainKey("local.followpaths");
        assertThat(converted.names()).first().isEqualTo("[internal] load git source https://h/r.git#main:sub");
    }

    @Test
    void aHostKnownForRepositoriesNeedsNoScheme() {
        Converted converted = from(new MainContext.Git("github.com/o/r", false, false, Optional.empty()));
        assertThat(converted.sources().get("git://github.com/o/r"))
                .containsEntry("git.fullurl", "https://github.com/o/r");
    }

    @Test
    void anArchiveIsUnpacked() {
        Converted converted = from(new MainContext.Http("https://h/c.tgz", true, Optional.empty()));
        Copy unpack = converted.copies().get(0);
        assertThat(unpack.source()).isEqualTo("/context");
        assertThat(unpack.attemptUnpack()).isTrue();
        assertThat(unpack.createDestinationPath()).isFalse();
        assertThat(unpack.mode()).isEqualTo(-1);
        assertThat(converted.sources().get("https://h/c.tgz")).isEqualTo(Map.of("http.filename", "context"));
    }

    @Test
    void aFolderOfARemoteContextCanBeTheContext() {
        Converted converted = from(new MainContext.Http("https://h/c.tgz", true, Optional.of("sub")));
        Copy scope = converted.copies().get(1);
        assertThat(scope.source()).isEqualTo("/sub");
        assertThat(scope.directoryContents()).isTrue();
        assertThat(scope.attemptUnpack()).isFalse();
    }

    @Test
    void whatIsFetchedForTheDockerfileIsPartOfTheGraph() {
        for (MainContext context : List.of(
                new MainContext.Git("git@h:o/r.git#main:sub", false, false, Optional.empty()),
                new MainContext.Http("https://h/Dockerfile", false, Optional.empty()),
                new MainContext.Http("https://h/c.tgz", true, Optional.empty()))) {
            assertThat(from(context).conversion().definition().vertices())
                    .containsAll(Frontend.definition(context).vertices());
        }
    }

    @Test
    void aRepositoryBehindSshUsesTheClientsAgent() {
        Converted converted = from(new MainContext.Git("ssh://git@h:22/o/r#v1:sub", false, false, Optional.empty()));
        assertThat(converted.sources().get("git://h:22/o/r#v1:sub"))
                .containsEntry("git.fullurl", "ssh://git@h:22/o/r")
                .containsEntry("git.mountsshsock", "default");
    }
}
