package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.plan.PlanStep;
import dev.slipway.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds whose context is behind an address: repositories and files of servers on loopback. */
@Tag("end-to-end")
class RemoteContextTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));

    @TempDir
    private static Path shared;

    private static Path source;
    private static GitServer git;
    private static WebServer web;

    private static Slipway slipway;

    @TempDir
    private Path folder;

    @BeforeAll
    static void serve() throws Exception {
        source = Files.createDirectories(shared.resolve("source/sub"));
        write("Dockerfile", "FROM scratch\nCOPY file /at-root\nCOPY ignored /ignored\n");
        write("file", "root");
        write("ignored", "there");
        // Nothing is sent from here, so that nothing is left out.
        write(".dockerignore", "ignored\n");
        write("other.Dockerfile", "FROM scratch\nCOPY file /other\n");
        write("keep.Dockerfile", "FROM scratch\nCOPY .git/HEAD /HEAD\n");
        write("sub/dockerfile", "FROM scratch\nCOPY file /in-sub\n");
        write("sub/file", "sub");
        source = shared.resolve("source");
        git = GitServer.start(ROOT, source, "project", "v1");
        web = WebServer.start();
        web.serve("context.tar", Archive.of(source));
        web.serve("context.tgz", Archive.of(source, "-z"));
        web.serve("context.tar.bz2", Archive.of(source, "-j"));
        web.serve("context.tar.xz", Archive.of(source, "-J"));
        web.serve("context.tar.zst", Archive.of(source, "--zstd"));
        web.serve("dated.tar", Archive.of(source));
        web.serve("Dockerfile.txt", "FROM scratch\nCOPY context /itself\n".getBytes());
        web.serve("other", "FROM scratch\nCOPY file /by-url\n".getBytes());
        slipway = Slipway.open(shared.resolve("home"));
    }

    private static void write(String name, String text) throws IOException {
        Files.writeString(shared.resolve("source").resolve(name), text);
    }

    @AfterAll
    static void stop() {
        slipway.close();
        git.close();
        web.close();
    }

    /** Builds, and lists the files that came out. */
    private List<String> files(BuildRequest request) throws Exception {
        Path out = folder.resolve("out");
        slipway.build(request.output(Output.localDirectory(out)), Progress.none());
        try (var files = Files.list(out)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static BuildRequest repository(String suffix) {
        return BuildRequest.ofUrl(git.address() + suffix);
    }

    private BuildResult build(BuildRequest request) throws Exception {
        return slipway.build(request.output(Output.ociLayout(folder.resolve("layout"))), Progress.none());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"''", "#main", "#v1", "?branch=main", "?tag=v1", "?ref=main"})
    void aRepositoryHasTheDockerfileAndTheFiles(String suffix) throws Exception {
        assertThat(files(repository(suffix))).containsExactly("at-root", "ignored");
        assertThat(folder.resolve("out/at-root")).hasContent("root");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#main:sub", "#:sub", "?ref=v1&subdir=sub"})
    void aFolderOfARepositoryIsTheContext(String suffix) throws Exception {
        assertThat(files(repository(suffix))).containsExactly("in-sub");
        assertThat(folder.resolve("out/in-sub")).hasContent("sub");
    }

    @Test
    void theDockerfileOfARepositoryMayHaveAnotherName() throws Exception {
        assertThat(files(repository("").dockerfile(Path.of("other.Dockerfile"))))
                .containsExactly("other");
    }

    @Test
    void theDockerfileForARepositoryMayBeTheClients() throws Exception {
        Path own = Files.writeString(folder.resolve("own"), "FROM scratch\nCOPY sub/file /own\n");
        assertThat(files(repository("").dockerfile(own))).containsExactly("own");
        assertThat(files(repository("").dockerfileText("FROM scratch\nCOPY sub/file /text\n")))
                .contains("text");
        assertThat(files(repository("").dockerfileUrl(web.url("other")))).contains("by-url");
    }

    @Test
    void theGitFolderIsKeptIfTheBuildAsksForIt() throws Exception {
        BuildRequest request = repository("#main").dockerfile(Path.of("keep.Dockerfile"));
        assertThatThrownBy(() -> files(request)).hasMessageContaining("\"/.git/HEAD\": not found");
        assertThat(files(request.buildArg("BUILDKIT_CONTEXT_KEEP_GIT_DIR", "1")))
                .containsExactly("HEAD");
        assertThat(files(repository("?keep-git-dir=true").dockerfile(Path.of("keep.Dockerfile"))))
                .containsExactly("HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"context.tar", "context.tgz", "context.tar.bz2", "context.tar.xz", "context.tar.zst"})
    void anArchiveIsUnpacked(String name) throws Exception {
        assertThat(files(BuildRequest.ofUrl(web.url(name)))).containsExactly("at-root", "ignored");
        BuildRequest inside = BuildRequest.ofUrl(web.url(name)).dockerfile(Path.of("other.Dockerfile"));
        assertThat(files(inside)).contains("other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--format=gnu", "--format=posix", "-z", "-j", "-J", "--zstd"})
    void anInputThatIsAnArchiveIsTheContext(String format) throws Exception {
        Path input = Files.write(folder.resolve("input"), Archive.of(source, format));
        assertThat(files(BuildRequest.ofInput(input))).containsExactly("at-root", "ignored");
        assertThat(files(BuildRequest.ofInput(input).dockerfile(Path.of("other.Dockerfile"))))
                .contains("other");
    }

    @Test
    void anInputThatIsADockerfileHasNoContext() throws Exception {
        Path input = Files.writeString(folder.resolve("input"), "FROM scratch\nCOPY <<made /made\nmade\n");
        assertThat(files(BuildRequest.ofInput(input))).containsExactly("made");
        BuildRequest named = BuildRequest.ofInput(input).dockerfile(Path.of("other"));
        assertThatThrownBy(() -> files(named)).hasMessageContaining("there are two Dockerfiles");
        Files.writeString(input, "FROM scratch\nCOPY file /\n");
        assertThatThrownBy(() -> files(BuildRequest.ofInput(input))).hasMessageContaining("\"/file\": not found");
        Files.writeString(input, "");
        assertThatThrownBy(() -> files(BuildRequest.ofInput(input)))
                .hasMessageContaining("the Dockerfile cannot be empty");
        Files.delete(input);
        assertThatThrownBy(() -> files(BuildRequest.ofInput(input))).hasMessageContaining("the input does not exist");
    }

    @Test
    void aFileThatIsNoArchiveIsTheDockerfileAndAllThereIs() throws Exception {
        assertThat(files(BuildRequest.ofUrl(web.url("Dockerfile.txt")))).containsExactly("itself");
    }

    @Test
    void aDockerfileIsDownloadedForAFolder() throws Exception {
        assertThat(files(BuildRequest.of(source).dockerfileUrl(web.url("other"))))
                .containsExactly("by-url");
    }

    @Test
    void imagesAreAsOldAsTheCommit() throws Exception {
        BuildResult result = build(repository("").buildArg("SOURCE_DATE_EPOCH", "context"));
        assertThat(created(result)).isEqualTo(GitServer.COMMIT_TIME);
        assertThat(result.images().get(0).config().history())
                .allMatch(entry -> entry.created().orElseThrow().toEpochSecond() == GitServer.COMMIT_TIME);
    }

    @ParameterizedTest
    @CsvSource({"dated.tar, " + WebServer.LAST_MODIFIED, "context.tgz, " + Archive.TIME})
    void imagesAreAsOldAsTheServerSaysOrTheNewestFileOfTheArchive(String name, long expected) throws Exception {
        BuildRequest request = BuildRequest.ofUrl(web.url(name)).buildArg("SOURCE_DATE_EPOCH", "context");
        assertThat(created(build(request))).isEqualTo(expected);
    }

    private static long created(BuildResult result) {
        return result.images().get(0).config().created().orElseThrow().toEpochSecond();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSecondBuildRunsNothingAndItsPlanSaysSo(boolean repository) throws Exception {
        BuildRequest request = repository ? repository("#main") : BuildRequest.ofUrl(web.url("context.tgz"));
        try (Slipway fresh = Slipway.open(folder.resolve("home"))) {
            assertThat(fresh.plan(request).steps())
                    .filteredOn(step -> step.name().contains("COPY"))
                    .extracting(PlanStep::fate)
                    .containsOnly(PlanStep.Fate.RUN);
            List<BuildEvent> events = new ArrayList<>();
            fresh.build(request, events::add);
            assertThat(events)
                    .filteredOn(BuildEvent.Finished.class::isInstance)
                    .extracting(event -> ((BuildEvent.Finished) event).step())
                    .doesNotHaveDuplicates();
            events.clear();
            fresh.build(request, events::add);
            assertThat(events)
                    .filteredOn(BuildEvent.Finished.class::isInstance)
                    .extracting(event -> ((BuildEvent.Finished) event).outcome())
                    .containsOnly(BuildEvent.Outcome.CACHED);
            assertThat(fresh.plan(request).steps()).extracting(PlanStep::fate).doesNotContain(PlanStep.Fate.RUN);
        }
    }

    @Test
    void checksOutlinesAndTargetsReadRemoteDockerfiles() throws Exception {
        assertThat(slipway.targets(repository("")).toJson()).contains("\"default\": true");
        assertThat(slipway.outline(repository("")).toJson()).contains("\"sources\"");
        assertThat(slipway.check(BuildRequest.ofUrl(web.url("context.tar"))).isClean())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            #nowhere              | does not contain ref nowhere
            #main:nowhere         | invalid subdir nowhere
            #main:../../../../etc | invalid subdir etc
            #--upload-pack=x      | does not contain ref --upload-pack=x
            ?nonsense=1           | unexpected query "nonsense"
            #v1:sub               | there is no missing.Dockerfile in
            """)
    void whatIsNotThereIsSaid(String suffix, String message) {
        BuildRequest request = repository(suffix).dockerfile(Path.of("missing.Dockerfile"));
        assertThatThrownBy(() -> slipway.build(request, Progress.none()))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aUrlThatCannotBeFetchedIsSaid() {
        assertThatThrownBy(() -> slipway.build(BuildRequest.ofUrl(web.url("missing")), Progress.none()))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("/missing: invalid response status 404");
        assertThatThrownBy(() -> slipway.build(BuildRequest.ofUrl("ftp://host/file"), Progress.none()))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("neither a git repository nor a URL that can be fetched");
    }
}
