package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.progress.Progress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories and archives of somebody else whose links lead to files of the machine that builds (CVE-2026-44517). */
@Tag("end-to-end")
class HostileRemoteTest {

    private static final String TREASURE = "the machine's own treasure";
    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));

    @TempDir
    private static Path shared;

    private static Path outside;
    private static GitServer git;
    private static WebServer web;
    private static Slipway slipway;

    @TempDir
    private Path folder;

    @BeforeAll
    static void serve() throws Exception {
        outside = Files.createDirectory(shared.resolve("outside"));
        Files.writeString(outside.resolve("file"), TREASURE);
        Path source = Files.createDirectories(shared.resolve("source/sub")).getParent();
        Files.writeString(source.resolve("sub/ordinary"), "fine");
        Files.createSymbolicLink(source.resolve("link"), outside.resolve("file"));
        Files.createSymbolicLink(source.resolve("dir"), outside);
        Files.createSymbolicLink(
                source.resolve("up"),
                Path.of("../../../../../../../../../..")
                        .resolve(outside.toString().substring(1)));
        Files.createSymbolicLink(source.resolve("Linked"), outside.resolve("file"));
        Files.createSymbolicLink(source.resolve(".dockerignore"), outside.resolve("file"));
        Files.writeString(source.resolve("Dockerfile"), "FROM scratch\nCOPY . /all\n");
        for (String path : List.of("link", "dir", "dir/file", "up/file", "dir/../file", "[d]ir/file")) {
            Files.writeString(source.resolve(name(path)), "FROM scratch\nCOPY " + path + " /found/\n");
        }
        git = GitServer.start(ROOT, source, "project", "v1");
        web = WebServer.start();
        web.serve("context.tar", Archive.of(source));
        slipway = Slipway.open(shared.resolve("home"));
    }

    private static String name(String path) {
        return "copy-" + path.replace('/', '-');
    }

    @AfterAll
    static void stop() {
        slipway.close();
        git.close();
        web.close();
    }

    @AfterEach
    void nothingWasTaken() throws Exception {
        assertThat(outside.resolve("file")).hasContent(TREASURE);
        try (Stream<Path> files = Files.list(outside)) {
            assertThat(files).containsExactly(outside.resolve("file"));
        }
        if (Files.exists(folder.resolve("out"))) {
            try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
                for (Path file : files.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                        .toList()) {
                    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .doesNotContain(TREASURE);
                }
            }
        }
    }

    private void build(BuildRequest request) throws Exception {
        try {
            slipway.build(request.output(Output.localDirectory(folder.resolve("out"))), Progress.none());
        } catch (BuildException e) {
            assertThat(e.getMessage()).doesNotContain(TREASURE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "dir", "dir/file", "up/file", "dir/../file", "[d]ir/file"})
    void aLinkThatIsCopied(String path) throws Exception {
        build(BuildRequest.ofUrl(git.address()).dockerfile(Path.of(name(path))));
        build(BuildRequest.ofUrl(web.url("context.tar")).dockerfile(Path.of(name(path))));
        build(BuildRequest.ofUrl(git.address())
                .dockerfileText("FROM scratch AS repo\nADD " + git.address() + " /repo\nFROM scratch\n"
                        + "COPY --from=repo /repo/" + path + " /found/\n"));
        build(BuildRequest.ofUrl(git.address())
                .dockerfileText("FROM scratch AS archive\nADD --unpack " + web.url("context.tar")
                        + " /repo\nFROM scratch\nCOPY --from=archive /repo/" + path + " /found/\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "dir", "dir/file", "up"})
    void aLinkThatIsTheContext(String path) throws Exception {
        build(BuildRequest.ofUrl(git.address() + "#:" + path).dockerfileText("FROM scratch\nCOPY . /found\n"));
        build(BuildRequest.ofUrl(git.address())
                .dockerfileText("FROM scratch\nADD " + git.address() + "#:" + path + " /found\n"));
    }

    @Test
    void aLinkThatIsTheDockerfile() throws Exception {
        build(BuildRequest.ofUrl(git.address()).dockerfile(Path.of("Linked")));
        build(BuildRequest.ofUrl(git.address()).dockerfile(Path.of("dir/file")));
        build(BuildRequest.ofUrl(web.url("context.tar")).dockerfile(Path.of("Linked")));
    }

    /** GHSA-2fqp-xg6f-v7gj: what was known of a source was taken for something else when it was asked for again. */
    @Test
    void oneRepositoryIsAskedForInSeveralWays() throws Exception {
        String dockerfile = "FROM scratch AS one\nADD " + git.address() + "#main:sub /a\nFROM scratch AS two\nADD "
                + git.address() + "#main /b\nFROM scratch\nADD " + git.address() + "#main:sub /c\nADD "
                + git.address() + "?ref=v1&subdir=sub /d\nCOPY --from=one /a /a\nCOPY --from=two /b/sub /b\n";
        Path out = folder.resolve("all");
        BuildRequest request = BuildRequest.ofUrl(git.address() + "#main")
                .dockerfileText(dockerfile)
                .output(Output.localDirectory(out));
        slipway.build(request, Progress.none());
        slipway.build(request, Progress.none());
        for (String each : List.of("a", "b", "c", "d")) {
            assertThat(out.resolve(each).resolve("ordinary")).hasContent("fine");
        }
    }
}
