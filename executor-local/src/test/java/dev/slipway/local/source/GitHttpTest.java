package dev.slipway.local.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ExecutorSettings;
import dev.slipway.executor.event.LogStream;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Vertex;
import dev.slipway.local.TestBuild;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories behind HTTP: who gets credentials, and what a server that is nothing but files can give. */
@Tag("end-to-end")
class GitHttpTest {

    private static final String TOKEN = "Kz7-hunter2-Qx9";
    private static final Map<String, String> SECRETS = Map.of("GIT_AUTH_TOKEN", TOKEN);
    private static final String SENT = basic("x-access-token:" + TOKEN);

    @TempDir
    Path folder;

    private final List<String> logged = new ArrayList<>();
    private GitRepository main;
    private GitRepository other;
    private GitHttpServer server;
    private GitHttpServer elsewhere;

    @BeforeEach
    void serve() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/git")), "needs git");
        Path repositories = Files.createDirectory(folder.resolve("repositories"));
        main = GitRepository.in(repositories, "main");
        other = GitRepository.in(repositories, "other");
        server = new GitHttpServer(repositories, true);
        elsewhere = new GitHttpServer(repositories, true);
    }

    @AfterEach
    void stop() {
        server.close();
        elsewhere.close();
    }

    private static String basic(String pair) {
        return "basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static Vertex source(String url, String fragment, String... more) {
        TreeMap<String, String> attributes = new TreeMap<>(Map.of(
                "git.fullurl", url,
                "git.authtokensecret", "GIT_AUTH_TOKEN",
                "git.authheadersecret", "GIT_AUTH_HEADER"));
        for (int i = 0; i < more.length; i += 2) {
            attributes.put(more[i], more[i + 1]);
        }
        return TestBuild.source("git://example.org/repository" + fragment, attributes);
    }

    /** The files of a repository, for a build that offers these secrets; all builds of a test share a store. */
    private List<String> list(Vertex source, Map<String, String> secrets) throws Exception {
        BuildSession session = new BuildSession(
                new TreeMap<>(),
                new TreeMap<>(),
                id -> Optional.ofNullable(secrets.get(id)).map(text -> text.getBytes(StandardCharsets.UTF_8)),
                new TreeMap<>(),
                Set.of(),
                new TreeMap<>(),
                Optional.empty());
        StepMonitor monitor = new StepMonitor() {
            @Override
            public void log(LogStream stream, byte[] bytes) {
                logged.add(new String(bytes, StandardCharsets.UTF_8));
            }
        };
        ExecutorSettings settings = ExecutorSettings.of(folder.resolve("home"));
        try (TestBuild build = new TestBuild(folder, settings, session)) {
            return build.list(source, monitor);
        }
    }

    @Test
    void theTokenGoesToTheRepositoryAndToNothingElseOfItsHost() throws Exception {
        server.close("/main.git", SENT);
        main.addSubmodule("absolute", server.url("/other.git"), other);
        main.addSubmodule("relative", "../other.git", other);
        main.push();
        assertThat(list(source(server.url("/main.git"), ""), SECRETS))
                .contains("main 644 of main", "absolute/other 644 of other", "relative/other 644 of other");
        assertThat(server.authorizationsOf("/main.git")).containsExactly(SENT);
        assertThat(server.authorizationsOf("/other.git")).containsExactly("-");
    }

    /** For git what is below the address is part of it; for a server {@code ..%2fother.git} may be another repository. */
    @Test
    void theTokenDoesNotGoToASubmoduleBelowTheAddressOfTheRepository() throws Exception {
        main.addSubmodule("module", server.url("/main.git/below"), other);
        main.push();
        assertThatThrownBy(() -> list(source(server.url("/main.git"), ""), SECRETS))
                .isInstanceOf(ExecutorException.class)
                .hasMessageStartingWith("git submodule of " + server.url("/main.git") + " failed: ");
        assertThat(server.authorizationsOf("/main.git/info")).containsExactly(SENT);
        assertThat(server.authorizationsOf("/main.git/below")).containsExactly("-");
    }

    @Test
    void aHeaderGoesToTheRepositoryAloneToo() throws Exception {
        server.close("/main.git", "Bearer abc");
        main.addSubmodule("module", server.url("/other.git"), other);
        main.push();
        Map<String, String> secrets = Map.of("GIT_AUTH_HEADER." + server.host(), "Bearer abc", "GIT_AUTH_TOKEN", TOKEN);
        assertThat(list(source(server.url("/main.git"), ""), secrets)).contains("module/other 644 of other");
        assertThat(server.authorizationsOf("/other.git")).containsExactly("-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#main", "COMMIT"})
    void theTokenStaysBehindWhereARedirectLeadsToAnotherServer(String fragment) throws Exception {
        String commit = fragment.replace("COMMIT", "#" + main.git("rev-parse", "HEAD"));
        server.redirect("/main.git", elsewhere.url("/main.git"));
        assertThat(list(source(server.url("/main.git"), commit), SECRETS)).contains("main 644 of main");
        assertThat(server.authorizationsOf("/main.git")).containsExactly(SENT);
        assertThat(elsewhere.authorizationsOf("/")).containsExactly("-");
    }

    @Test
    void whoWantsATokenAtAnotherServerIsToldWhichAddressToGive() {
        server.redirect("/main.git", elsewhere.url("/main.git"));
        elsewhere.close("/main.git", SENT);
        assertThatThrownBy(() -> list(source(server.url("/main.git"), ""), SECRETS))
                .isInstanceOf(ExecutorException.class)
                .hasMessageContaining("; the address leads to " + elsewhere.url("/main.git")
                        + ", and credentials are not sent on to another server: give that address");
        assertThat(elsewhere.authorizationsOf("/")).containsExactly("-");
    }

    @Test
    void theTokenGoesAlongWhereARedirectStaysAtTheServer() throws Exception {
        server.redirect("/old.git", "/main.git");
        server.close("/main.git", SENT);
        assertThat(list(source(server.url("/old.git"), ""), SECRETS)).contains("main 644 of main");
    }

    @Test
    void redirectsThatDoNotEndAreAFailure() {
        server.redirect("/main.git", "/main.git");
        assertThatThrownBy(() -> list(source(server.url("/main.git"), ""), SECRETS))
                .isInstanceOf(ExecutorException.class)
                .hasMessageStartingWith("git ls-remote of " + server.url("/main.git") + " failed: ");
    }

    @Test
    void nameAndPasswordOfTheAddressGoToTheRepositoryAloneAndIntoNoFile() throws Exception {
        server.close("/main.git", basic("me@example.org:" + TOKEN));
        main.addSubmodule("module", "../other.git", other);
        main.push();
        String url = server.url("/main.git").replace("://", "://me%40example.org:" + TOKEN + "@");
        List<String> files = list(source(url, "", "git.keepgitdir", "true"), Map.of());
        assertThat(files).contains("main 644 of main", "module/other 644 of other");
        assertThat(server.authorizationsOf("/other.git")).containsExactly("-");
        assertThat(files).anyMatch(line -> line.startsWith(".git/config"));
        Path unpacked = folder.resolve("home");
        try (var all = Files.walk(unpacked)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(TOKEN);
            }
        }
    }

    @Test
    void aPasswordOfTheAddressIsNotInTheMessage() {
        String url = server.url("/gone.git").replace("://", "://me:" + TOKEN + "@");
        assertThatThrownBy(() -> list(source(url, ""), Map.of()))
                .isInstanceOf(ExecutorException.class)
                .hasMessageStartingWith("git ls-remote of " + server.url("/gone.git") + " failed: ")
                .hasMessageNotContaining(TOKEN);
        assertThat(logged).noneMatch(line -> line.contains(TOKEN));
    }

    @Test
    void theSubmodulesOfOneBranchAreNotThoseOfAnother() throws Exception {
        GitRepository third = GitRepository.in(folder.resolve("repositories"), "third");
        main.git("checkout", "-q", "-b", "evil");
        main.addSubmodule("module", server.url("/third.git"), third);
        main.git("checkout", "-q", "main");
        main.addSubmodule("module", server.url("/other.git"), other);
        main.push();
        assertThat(list(source(server.url("/main.git"), "#evil"), Map.of())).contains("module/third 644 of third");
        server.requests.clear();
        assertThat(list(source(server.url("/main.git"), "#main"), Map.of()))
                .contains("module/other 644 of other")
                .noneMatch(line -> line.startsWith("module/third"));
        assertThat(server.authorizationsOf("/third.git")).isEmpty();
    }

    @Test
    void anEarlierBranchIsNotInTheWayOfOneBelowItsName() throws Exception {
        main.git("branch", "side");
        main.push();
        assertThat(list(source(server.url("/main.git"), "#side", "git.keepgitdir", "true"), Map.of()))
                .contains("main 644 of main");
        main.git("push", "-q", "origin", ":side");
        main.git("branch", "-m", "side", "side/deep");
        main.git("checkout", "-q", "side/deep");
        main.commit("deep", "new");
        main.push();
        assertThat(list(source(server.url("/main.git"), "#side/deep", "git.keepgitdir", "true"), Map.of()))
                .contains("deep 644 new");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#main", "FIRST"})
    void aServerOfPlainFilesGivesRepositoriesAndSubmodules(String fragment) throws Exception {
        try (GitHttpServer files = new GitHttpServer(folder.resolve("repositories"), false)) {
            GitRepository inner = GitRepository.in(folder.resolve("repositories"), "inner");
            other.addSubmodule("inner", "../inner.git", inner);
            other.push();
            main.addSubmodule("module", "../other.git", other);
            String first = main.git("rev-parse", "HEAD");
            main.commit("more", "later");
            main.push();
            assertThat(list(source(files.url("/main.git"), fragment.replace("FIRST", "#" + first)), Map.of()))
                    .contains("module/other 644 of other", "module/inner/inner 644 of inner");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void aSubmoduleCanBeAnEarlierCommitAlsoOfAServerThatGivesOnlyTheLast(String keepGitFolder) throws Exception {
        server.speakOldProtocol();
        main.addSubmodule("module", "../other.git", other);
        main.push();
        other.commit("later", "later");
        other.push();
        assertThat(list(source(server.url("/main.git"), "", "git.keepgitdir", keepGitFolder), Map.of()))
                .contains("module/other 644 of other")
                .noneMatch(line -> line.startsWith("module/later"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tagsOfAnEarlierBuildAreNeitherInTheWayNorInAKeptGitFolder(boolean isSmart) throws Exception {
        try (GitHttpServer files = new GitHttpServer(folder.resolve("repositories"), isSmart)) {
            main.git("tag", "-a", "-m", "v1", "v1");
            main.push();
            assertThat(list(source(files.url("/main.git"), "#v1", "git.keepgitdir", "true"), Map.of()))
                    .contains("main 644 of main");
            assertThat(list(source(files.url("/main.git"), "#main", "git.keepgitdir", "true"), Map.of()))
                    .noneMatch(line -> line.contains("refs/tags/v1"));
            main.git("tag", "-d", "v1");
            main.git("push", "-q", "origin", ":v1");
            main.commit("later", "new");
            main.git("tag", "v1/later");
            main.push();
            assertThat(list(source(files.url("/main.git"), "#v1/later"), Map.of()))
                    .contains("later 644 new");
        }
    }

    @Test
    void whatWasFetchedInPartIsFetchedAgain() throws Exception {
        try (GitHttpServer files = new GitHttpServer(folder.resolve("repositories"), false)) {
            main.commit("deep/file", "whole");
            main.push();
            String id = main.git("rev-parse", "HEAD:deep/file");
            Path object = main.bare().resolve("objects/" + id.substring(0, 2) + "/" + id.substring(2));
            byte[] content = Files.readAllBytes(object);
            Files.delete(object);
            assertThatThrownBy(() -> list(source(files.url("/main.git"), ""), Map.of()))
                    .isInstanceOf(ExecutorException.class)
                    .hasMessageContaining("Unable to find " + id);
            Files.write(object, content);
            assertThat(list(source(files.url("/main.git"), ""), Map.of())).contains("deep/file 644 whole");
        }
    }

    @Test
    void locksThatAKilledGitHasLeftAreNotInTheWay() throws Exception {
        try (GitHttpServer files = new GitHttpServer(folder.resolve("repositories"), false)) {
            list(source(files.url("/main.git"), ""), Map.of());
            try (Stream<Path> all = Files.walk(folder.resolve("home"))) {
                Path branch = all.filter(file -> file.endsWith("refs/remotes/origin/main"))
                        .findFirst()
                        .orElseThrow();
                Files.createFile(branch.resolveSibling("main.lock"));
            }
            main.commit("later", "new");
            main.push();
            assertThat(list(source(files.url("/main.git"), ""), Map.of())).contains("later 644 new");
        }
    }
}
