package dev.slipway.local.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Vertex;
import dev.slipway.local.TestBuild;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("end-to-end")
class RepositorySourceTest {

    @TempDir
    Path folder;

    private Path repository;

    @BeforeEach
    void makeRepository() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/git")), "needs git");
        repository = Files.createDirectory(folder.resolve("repository"));
        git("init", "-q", "-b", "main");
        commit("a", "1");
        git("tag", "-a", "-m", "first", "v1");
        commit("sub/b", "2");
        git("branch", "side", "v1");
    }

    private void commit(String path, String content) throws Exception {
        Files.createDirectories(repository.resolve(path).getParent());
        Files.writeString(repository.resolve(path), content);
        git("add", "-A");
        git("commit", "-q", "-m", path);
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(
                List.of("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "protocol.file.allow=always"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private Vertex source(String fragment, String... more) {
        TreeMap<String, String> attributes = new TreeMap<>(Map.of("git.fullurl", "file://" + repository));
        for (int i = 0; i < more.length; i += 2) {
            attributes.put(more[i], more[i + 1]);
        }
        return TestBuild.source("git://example.org/repository" + fragment, attributes);
    }

    @Test
    void branchesTagsCommitsAndFoldersAreCheckedOut() throws Exception {
        String first = git("rev-parse", "v1^{commit}");
        try (TestBuild build = new TestBuild(folder)) {
            assertThat(build.list(source(""))).containsExactly("a 644 1", "sub/ 755", "sub/b 644 2");
            assertThat(build.list(source("#side"))).containsExactly("a 644 1");
            assertThat(build.list(source("#v1"))).containsExactly("a 644 1");
            assertThat(build.list(source("#refs/tags/v1"))).containsExactly("a 644 1");
            assertThat(build.list(source("#" + first))).containsExactly("a 644 1");
            assertThat(build.list(source("#main:sub"))).containsExactly("b 644 2");
            assertThat(build.run(source("#v1"))).isEqualTo(build.run(source("#side")));
        }
    }

    @Test
    void theKeyIsTheCommitsWhateverItsName() throws Exception {
        try (TestBuild build = new TestBuild(folder)) {
            Digest key = build.work.sourceKey(source("#v1"), StepMonitor.NONE);
            assertThat(build.work.sourceKey(source("#side"), StepMonitor.NONE)).isEqualTo(key);
            assertThat(build.work.sourceKey(source("#" + git("rev-parse", "side")), StepMonitor.NONE))
                    .isEqualTo(key);
            assertThat(build.work.sourceKey(source("#main"), StepMonitor.NONE)).isNotEqualTo(key);
            assertThat(build.work.sourceKey(source("#v1", "git.keepgitdir", "true"), StepMonitor.NONE))
                    .isNotEqualTo(key);
        }
        git("branch", "-f", "side", "main");
        try (TestBuild build = new TestBuild(folder)) {
            assertThat(build.work.sourceKey(source("#side"), StepMonitor.NONE))
                    .isEqualTo(build.work.sourceKey(source("#main"), StepMonitor.NONE));
            assertThat(build.list(source("#side"))).contains("sub/b 644 2");
        }
    }

    @Test
    void theGitFolderIsKeptIfItIsWanted() throws Exception {
        try (TestBuild build = new TestBuild(folder)) {
            List<String> files = build.list(source("#side", "git.keepgitdir", "true"));
            assertThat(files).contains("a 644 1", ".git/HEAD 644 " + git("rev-parse", "side") + "|");
            assertThat(files).noneMatch(line -> line.contains("home/v1"));
        }
    }

    @Test
    void submodulesAreCheckedOutToo() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        Path main = repository;
        repository = other;
        git("init", "-q", "-b", "main");
        commit("inner", "3");
        repository = main;
        int port = freePort();
        Process daemon = new ProcessBuilder(
                        "git",
                        "daemon",
                        "--export-all",
                        "--listen=127.0.0.1",
                        "--port=" + port,
                        "--base-path=" + folder)
                .start();
        try (TestBuild build = new TestBuild(folder)) {
            awaitPort(port, daemon);
            git("submodule", "--quiet", "add", "git://127.0.0.1:" + port + "/other", "module");
            git("commit", "-q", "-m", "module");
            assertThat(build.list(source("", "git.skipsubmodules", "true"))).contains("module/ 755");
            assertThat(build.list(source(""))).contains("module/inner 644 3").noneMatch(line -> line.contains(".git "));
        } finally {
            daemon.descendants().forEach(ProcessHandle::destroy);
            daemon.destroy();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitPort(int port, Process daemon) throws InterruptedException {
        while (daemon.isAlive()) {
            try {
                new Socket("127.0.0.1", port).close();
                return;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
    }

    @Test
    void aSubmoduleOfThisMachineIsNotCheckedOut() throws Exception {
        git("submodule", "--quiet", "add", "file://" + repository, "module");
        git("commit", "-q", "-m", "module");
        try (TestBuild build = new TestBuild(folder)) {
            assertThatThrownBy(() -> build.run(source("")))
                    .isInstanceOf(ExecutorException.class)
                    .hasMessageStartingWith(
                            "git submodule of file://" + repository + " failed: fatal: transport 'file' not allowed");
        }
    }

    @Test
    void whatIsNotThereIsSaid() throws Exception {
        try (TestBuild build = new TestBuild(folder)) {
            assertThatThrownBy(() -> build.run(source("#nope")))
                    .isInstanceOf(ExecutorException.class)
                    .hasMessageStartingWith("repository file://" + repository + " does not contain ref nope");
            assertThatThrownBy(() -> build.run(source("#main:a")))
                    .isInstanceOf(ExecutorException.class)
                    .hasMessageStartingWith("file://" + repository + ": invalid subdir a: no such folder");
            assertThatThrownBy(() -> build.run(source("#main", "git.checksum", "0123")))
                    .isInstanceOf(ExecutorException.class)
                    .hasMessageStartingWith("expected checksum to match 0123, got " + git("rev-parse", "main"));
            Vertex gone = source("", "git.fullurl", "file://" + folder.resolve("gone"));
            assertThatThrownBy(() -> build.run(gone))
                    .isInstanceOf(ExecutorException.class)
                    .hasMessageStartingWith("git ls-remote of file://" + folder.resolve("gone") + " failed: ");
        }
    }
}
