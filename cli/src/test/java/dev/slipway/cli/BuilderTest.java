package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.Slipway;
import dev.slipway.SlipwayBuilder;
import dev.slipway.executor.Credential;
import dev.slipway.executor.ExecutorSettings;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.executor.image.ImageFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an instance can be set up with, and what its results say. */
@Tag("end-to-end")
class BuilderTest {

    private static final Path ALPINE =
            Path.of(System.getProperty("slipway.root")).resolve("target/images/alpine");

    @TempDir
    private Path folder;

    private TestRegistry registry;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "needs the alpine base image");
        registry = new TestRegistry(ALPINE);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private SlipwayBuilder builder() {
        return Slipway.builder().home(folder.resolve("home"));
    }

    private BuildRequest request(String dockerfile) throws Exception {
        return BuildRequest.of(Files.createTempDirectory(folder, "context"))
                .dockerfileText(dockerfile)
                .platforms("linux/amd64");
    }

    @Test
    void anImageCanStandForAnother() throws Exception {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        try (Slipway slipway = builder()
                .substituteImages(image -> {
                    asked.add(image);
                    return image.startsWith("docker.io/") ? registry.reference() : image;
                })
                .open()) {
            BuildResult result = slipway.build(request("FROM nobody/has-this:1\nCOPY --from=busybox /bin/sh /sh\n"));
            assertThat(result.image("linux/amd64").readFile("/etc/passwd")).isPresent();
        }
        assertThat(asked).contains("docker.io/nobody/has-this:1", "docker.io/library/busybox:latest");
    }

    @Test
    void whatASubstitutionThrowsReachesTheCaller() throws Exception {
        IllegalStateException unknown = new IllegalStateException("no such mirror");
        try (Slipway slipway = builder()
                .substituteImages(image -> {
                    throw unknown;
                })
                .open()) {
            assertThatThrownBy(() -> slipway.build(request("FROM alpine\n")))
                    .isInstanceOf(BuildException.class)
                    .hasMessageContaining("cannot substitute the image docker.io/library/alpine:latest: no such mirror")
                    .hasCause(unknown);
        }
    }

    @Test
    void registriesAreAskedWithTheCredentialsOfTheInstance() throws Exception {
        Credential credential = new Credential("user", "a secret", false);
        registry.require(credential.basic());
        BuildRequest request = request("FROM " + registry.reference() + "\n");
        try (Slipway slipway = builder()
                .credentials(host -> registry.reference().startsWith(host) ? Optional.of(credential) : Optional.empty())
                .open()) {
            assertThat(slipway.build(request).image("linux/amd64").readFile("/etc/passwd"))
                    .isPresent();
        }
        try (Slipway slipway = Slipway.open(folder.resolve("other"))) {
            assertThatThrownBy(() -> slipway.build(request)).isInstanceOf(BuildException.class);
        }
    }

    @Test
    void stepsRunOnTheThreadsOfTheCallerWhichStayOpen() throws Exception {
        AtomicInteger threads = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(1, task -> {
            threads.incrementAndGet();
            return new Thread(task);
        });
        try (Slipway slipway = builder().pool(pool).open()) {
            slipway.build(request("FROM scratch AS a\nCOPY . /a\nFROM scratch\nCOPY --from=a /a /b\nCOPY . /c\n"));
        }
        assertThat(threads).hasValue(1);
        assertThat(pool.isShutdown()).isFalse();
        pool.shutdownNow();
    }

    @Test
    void theProgressOfTheInstanceHearsOfBuildsWithoutOneOfTheirOwn() throws Exception {
        List<BuildEvent> heard = new ArrayList<>();
        try (Slipway slipway = builder().progress(heard::add).open()) {
            slipway.build(request("FROM scratch\nCOPY . /\n"));
            assertThat(heard).isNotEmpty();
            heard.clear();
            slipway.build(request("FROM scratch\nCOPY . /\n"), event -> {});
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void anExecutorThatIsNotThereIsNamedWithThoseThatAre() {
        assertThatThrownBy(() -> Slipway.open("cloud", ExecutorSettings.of(folder)))
                .isInstanceOf(BuildException.class)
                .hasMessage(
                        "there is no executor cloud, only local; add the artifact that provides it to the class path or"
                                + " module path");
    }

    @Test
    void digestsThatNoOutputNeededAreMadeWhenTheyAreAskedFor() throws Exception {
        BuildRequest request = BuildRequest.of(Files.createTempDirectory(folder, "context"))
                .dockerfileText("FROM " + registry.reference() + "\nRUN echo made > /made\n")
                .platforms("linux/amd64", "linux/arm64");
        try (Slipway slipway = builder().open()) {
            BuildResult without = slipway.build(request);
            assertThat(without.hasDigests()).isFalse();
            BuildResult with = slipway.build(request.output(Output.ociArchive(folder.resolve("out.tar"))));
            assertThat(with.hasDigests()).isTrue();
            assertThat(without.digest()).isEqualTo(with.digest());
            assertThat(without.image("linux/arm64").configDigest())
                    .isEqualTo(with.image("linux/arm64").configDigest());
            assertThat(without.image("linux/arm64").config().diffIds())
                    .hasSameSizeAs(without.image("linux/arm64").layers());
        }
    }

    @Test
    void theFilesOfAnImageCanBeWalkedAndRead() throws Exception {
        try (Slipway slipway = builder().open()) {
            BuildResult result = slipway.build(
                    request("FROM " + registry.reference() + "\nRUN echo made > /made && ln -s made /link\n"));
            assertThat(result.image("linux/amd64").readFile("/link")).hasValue("made\n".getBytes());
            assertThat(result.image("linux/amd64").readFile("/nothing")).isEmpty();
            assertThatThrownBy(() -> result.image("linux/amd64").readFile("/etc"))
                    .isInstanceOf(BuildException.class)
                    .hasMessage("/etc of the image for linux/amd64 is not a regular file");
            List<String> paths = new ArrayList<>();
            try (ImageFiles files = result.image("linux/amd64").files()) {
                files.walk().forEachRemaining(entry -> paths.add(entry.path()));
                FileEntry made = files.find("/link").orElseThrow();
                assertThat(made.path()).isEqualTo("made");
                assertThat(files.open(made)).hasContent("made");
            }
            assertThat(paths).contains("etc/passwd", "link", "made").doesNotContain("");
            assertThat(paths.indexOf("etc")).isLessThan(paths.indexOf("etc/passwd"));
        }
    }

    @Test
    void aBuildThatFailsAtOneOutputTouchesNone() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "needs /dev/full");
        Path archive = folder.resolve("new/a.tar");
        Path files = Files.createDirectories(folder.resolve("files"));
        Path layout = folder.resolve("layout");
        BuildRequest request = request("FROM " + registry.reference() + "\nCOPY . /\n")
                .output(Output.ociArchive(archive))
                .output(Output.localDirectory(files))
                .output(Output.ociLayout(layout))
                .output(Output.tarArchive(full));
        try (Slipway slipway = builder().open()) {
            assertThatThrownBy(() -> slipway.build(request))
                    .isInstanceOf(BuildException.class)
                    .hasMessageContaining("cannot write the output type=tar /dev/full: ");
        }
        assertThat(archive.getParent()).doesNotExist();
        assertThat(files).isEmptyDirectory();
        assertThat(layout).doesNotExist();
        try (var left = Files.list(folder)) {
            assertThat(left).allMatch(path -> !path.getFileName().toString().startsWith("."));
        }
    }
}
