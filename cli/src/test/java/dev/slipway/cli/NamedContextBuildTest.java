package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.llb.Digest;
import dev.slipway.progress.Progress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contexts by name, each kind of them in a build. Images of registries are in {@link RegistryBuildTest}. */
@Tag("end-to-end")
class NamedContextBuildTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images", ROOT.resolve("target/images").toString()))
            .resolve("alpine");
    private static final String COPY = "FROM scratch\nCOPY --from=name /file /\n";

    @TempDir
    private static Path shared;

    private static Slipway slipway;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() {
        slipway = Slipway.open(shared.resolve("home"));
    }

    @AfterAll
    static void close() {
        slipway.close();
    }

    private Path built(BuildRequest request) throws Exception {
        Path out = Files.createTempDirectory(folder, "out");
        slipway.build(request.output(Output.localDirectory(out)), Progress.none());
        return out;
    }

    private BuildRequest request(String dockerfile) throws Exception {
        return BuildRequest.of(Files.createTempDirectory(folder, "context")).dockerfileText(dockerfile);
    }

    private Path folderWithFile(String text) throws Exception {
        Path source = Files.createTempDirectory(folder, "source");
        Files.writeString(source.resolve("file"), text);
        return source;
    }

    @Test
    void aFolderHasAnIgnoreFileOfItsOwn() throws Exception {
        Path source = folderWithFile("of a folder");
        Files.writeString(source.resolve("left-out"), "");
        Files.writeString(source.resolve(".dockerignore"), "left-out\n");
        BuildRequest request = request("FROM scratch\nCOPY --from=name . /\n").buildContext("name", source.toString());
        assertThat(built(request).resolve("file")).hasContent("of a folder");
        assertThat(built(request).resolve("left-out")).doesNotExist();
    }

    @Test
    void theNameOfTheMainContextIsNotTaken() throws Exception {
        Path main = folderWithFile("main");
        BuildRequest request = BuildRequest.of(main)
                .dockerfileText("FROM scratch\nCOPY file /\n")
                .buildContext("context", folderWithFile("other").toString());
        assertThat(built(request).resolve("file")).hasContent("main");
    }

    @Test
    void aRepositoryIsFetched() throws Exception {
        try (GitServer git = GitServer.start(ROOT, folderWithFile("of a repository"), "named", "v1")) {
            BuildRequest request = request(COPY).buildContext("name", git.address() + "#v1");
            assertThat(built(request).resolve("file")).hasContent("of a repository");
            BuildRequest dated =
                    request.buildArg("SOURCE_DATE_EPOCH", "name").output(Output.ociLayout(folder.resolve("layout")));
            BuildResult result = slipway.build(dated, Progress.none());
            assertThat(result.images().get(0).config().created().orElseThrow().toEpochSecond())
                    .isEqualTo(GitServer.COMMIT_TIME);
        }
    }

    @Test
    void filesAreFetchedThroughTheProxyOfTheEnvironment() throws Exception {
        Path context = Files.createDirectory(folder.resolve("behind"));
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nADD http://files.example.invalid/f /\n");
        Path out = folder.resolve("fetched");
        String[] build = {"build", "--output", out.toString(), context.toString()};
        try (WebServer proxy = WebServer.start()) {
            proxy.serve("f", "through".getBytes(StandardCharsets.UTF_8));
            Map<String, String> environment = Map.of("http_proxy", proxy.url(""), "no_proxy", "");
            SlipwayProcess.Outcome outcome =
                    SlipwayProcess.run(folder.resolve("home-behind"), new byte[0], environment, build);
            assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        }
        assertThat(out.resolve("f")).hasContent("through");

        SlipwayProcess.Outcome outcome = SlipwayProcess.run(
                folder.resolve("home-wrong"), new byte[0], Map.of("http_proxy", "http://[", "no_proxy", ""), build);
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("invalid address of a proxy: http://[")
                .doesNotContain("fault of slipway");
    }

    @Test
    void aFileBehindAUrlIsCalledContext() throws Exception {
        try (WebServer web = WebServer.start()) {
            String url = web.serve("download.txt", "behind a URL".getBytes(StandardCharsets.UTF_8));
            BuildRequest request =
                    request("FROM scratch\nCOPY --from=name /context /file\n").buildContext("name", url);
            assertThat(built(request).resolve("file")).hasContent("behind a URL");
        }
    }

    @Test
    void aLayoutIsABaseForEachPlatform() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        BuildRequest request = request("FROM name AS base\nFROM scratch\nCOPY --from=base /bin/busybox /\n")
                .platforms("linux/amd64", "linux/arm64")
                .buildContext("name", "oci-layout://" + ALPINE);
        Path out = built(request);
        assertThat(out.resolve("linux_amd64/busybox")).isNotEmptyFile();
        assertThat(Files.mismatch(out.resolve("linux_amd64/busybox"), out.resolve("linux_arm64/busybox")))
                .isNotNegative();
    }

    @Test
    void aLayoutStandsForAReferenceWithTagAndDigest() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        String reference = "docker.io/library/debian:12@" + Digest.sha256("an image");
        BuildRequest request = request(
                        "FROM " + reference + " AS base\nFROM scratch\nCOPY --from=base /bin/busybox /\n")
                .buildContext(reference, "oci-layout://" + ALPINE);
        assertThat(built(request).resolve("busybox")).isNotEmptyFile();
    }

    @Test
    void aNameCanStandForSomethingElseOnOnePlatform() throws Exception {
        BuildRequest request = request(COPY)
                .platforms("linux/amd64", "linux/arm64")
                .buildContext("name", folderWithFile("any").toString())
                .buildContext("name::linux/arm64", folderWithFile("arm").toString());
        Path out = built(request);
        assertThat(out.resolve("linux_amd64/file")).hasContent("any");
        assertThat(out.resolve("linux_arm64/file")).hasContent("arm");
    }

    @Test
    void aStageStandsForItsResultOnEachPlatform() throws Exception {
        BuildRequest request = request("""
                FROM scratch AS made
                ARG TARGETARCH
                COPY <<file /file
                made for $TARGETARCH
                file
                ENV FROM_STAGE=yes
                FROM name
                COPY --from=other /file /copied
                """)
                .platforms("linux/amd64", "linux/arm64")
                .buildContext("name", "target:made")
                .buildContext("other", "target:made");
        Path out = built(request);
        assertThat(out.resolve("linux_amd64/file")).hasContent("made for amd64\n");
        assertThat(out.resolve("linux_arm64/file")).hasContent("made for arm64\n");
        assertThat(out.resolve("linux_arm64/copied")).hasContent("made for arm64\n");
        BuildResult result = slipway.build(request.output(Output.ociLayout(folder.resolve("layout"))), Progress.none());
        assertThat(result.image("linux/arm64").config().config().environment()).contains("FROM_STAGE=yes");
        assertThat(result.image("linux/arm64").config().history()).hasSize(4);
    }

    @Test
    void whatANameStandsForMustBeThere() throws Exception {
        for (String value :
                new String[] {"target:nowhere", folder.resolve("nowhere").toString(), "what://ever"}) {
            assertThatThrownBy(() -> built(request(COPY).buildContext("name", value)))
                    .as(value)
                    .isInstanceOf(BuildException.class)
                    .hasMessageContaining("name");
        }
    }
}
