package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.Slipway;
import dev.slipway.cli.RealEngine.Kind;
import dev.slipway.cli.SlipwayProcess.Outcome;
import dev.slipway.executor.Output;
import dev.slipway.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images in real engines, and as archives that they read. */
@Tag("end-to-end")
class EnginesTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images", ROOT.resolve("target/images").toString()))
            .resolve("alpine");

    private static final Map<Kind, RealEngine> ENGINES = new EnumMap<>(Kind.class);

    @TempDir
    private Path folder;

    private Path context;

    @BeforeEach
    void makeContext() throws IOException {
        context = Files.createDirectory(folder.resolve("context"));
        Files.writeString(context.resolve("greeting"), "hello from the image\n");
        Files.writeString(
                context.resolve("Dockerfile"),
                "FROM alpine\nCOPY greeting /greeting\nRUN cp /greeting /copy\nCMD [\"cat\", \"/copy\"]\n");
    }

    /** Each is started once. Its folder stays short: a socket in it has no long name. */
    private static RealEngine engine(Kind kind) throws IOException, InterruptedException {
        if (!ENGINES.containsKey(kind)) {
            ENGINES.put(kind, RealEngine.start(kind, Files.createTempDirectory("engine")));
        }
        return ENGINES.get(kind);
    }

    @AfterAll
    static void stop() throws IOException {
        for (RealEngine engine : ENGINES.values()) {
            engine.close();
        }
        ENGINES.clear();
    }

    private String[] arguments(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "build", "--progress", "none", "--build-context", "alpine=oci-layout://" + ALPINE, context.toString()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private Outcome build(String... more) {
        Outcome outcome = InProcess.run(arguments(more));
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome;
    }

    @ParameterizedTest
    @EnumSource
    void anImageIsLoadedUnderItsNamesAndRuns(Kind kind) throws Exception {
        RealEngine engine = engine(kind);
        Path iid = folder.resolve("iid");
        String names = "\"name=greeter:1,greeter:latest,example.com/team/greeter\"";
        build("--iidfile", iid.toString(), "-o", "type=docker,context=" + engine.address() + "," + names);

        for (String name : List.of("greeter:1", "greeter", "example.com/team/greeter:latest")) {
            assertThat(engine.id(name)).isEqualTo(Files.readString(iid));
        }
        assertThat(engine.run("greeter:1")).isEqualTo("hello from the image");
    }

    @ParameterizedTest
    @EnumSource
    void anImageWithoutANameIsFoundByItsId(Kind kind) throws Exception {
        RealEngine engine = engine(kind);
        Files.writeString(context.resolve("greeting"), "hello from nobody\n");
        Outcome outcome = build("--quiet", "-o", "type=docker,context=" + engine.address());
        String id = outcome.out().strip();
        assertThat(engine.id(id)).isEqualTo(id);
        assertThat(engine.run(id)).isEqualTo("hello from nobody");
    }

    @ParameterizedTest
    @EnumSource
    void ofSeveralPlatformsTheEnginesOwnIsLoaded(Kind kind) throws Exception {
        RealEngine engine = engine(kind);
        Files.writeString(context.resolve("greeting"), "hello from two\n");
        List<String> arguments =
                new ArrayList<>(List.of(arguments("-o", "type=docker,name=two:1,context=" + engine.address())));
        arguments.addAll(List.of("--platform", "linux/arm64,linux/amd64", "--progress", "plain"));
        Outcome outcome = InProcess.run(arguments.toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains("not loaded: linux/arm64; ");
        assertThat(engine.run("two:1")).isEqualTo("hello from two");
    }

    @ParameterizedTest
    @EnumSource
    void anArchiveIsReadByItsEngine(Kind kind) throws Exception {
        RealEngine engine = engine(kind);
        Path archive = folder.resolve("greeter.tar");
        Path iid = folder.resolve("iid");
        build("--iidfile", iid.toString(), "-t", "archived:1", "-t", "archived:2", "-o", "type=docker,dest=" + archive);

        engine.ask(List.of("load", "--input", archive.toString()));

        assertThat(engine.id("archived:1")).isEqualTo(Files.readString(iid));
        assertThat(engine.id("archived:2")).isEqualTo(Files.readString(iid));
        assertThat(engine.run("archived:1")).isEqualTo("hello from the image");
    }

    @ParameterizedTest
    @EnumSource
    void anImageIsCopiedIntoAnEngineAndBack(Kind kind) throws Exception {
        RealEngine engine = engine(kind);
        Path built = folder.resolve("built.tar");
        build("--platform", "linux/amd64,linux/arm64", "-o", "type=oci,dest=" + built);
        Path back = folder.resolve("back");

        assertThat(image(engine, "copy", built.toString(), "docker-engine://copied:1")
                        .err())
                .contains("keeps images of one platform: only linux/amd64 is loaded");
        assertThat(engine.run("copied:1")).isEqualTo("hello from the image");
        image(engine, "copy", "docker-engine://copied:1", "oci-layout://" + back + ":1");

        ValidImages.require(back);
        assertThat(image(engine, "diff", "-p", "linux/amd64", built.toString(), back + ":1")
                        .out())
                .contains("linux/amd64: same");
        assertThat(image(1, engine, "inspect", "docker-engine://nobody:1").err())
                .contains("does not give the image docker.io/library/nobody:1");
    }

    private Outcome image(RealEngine engine, String... arguments) throws Exception {
        return image(0, engine, arguments);
    }

    private Outcome image(int exitCode, RealEngine engine, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("image"));
        all.addAll(List.of(arguments));
        Outcome outcome = SlipwayProcess.run(
                folder.resolve("home"),
                new byte[0],
                Map.of("DOCKER_HOST", engine.address()),
                all.toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.out() + outcome.err()).isEqualTo(exitCode);
        return outcome;
    }

    @Test
    void whatWasTestedIsLoaded() throws Exception {
        RealEngine engine = engine(Kind.DOCKER);
        BuildRequest request = BuildRequest.of(context).buildContext("alpine", "oci-layout://" + ALPINE);
        try (Slipway slipway = Slipway.open()) {
            BuildResult result = slipway.build(request);
            assertThat(result.images().get(0).readFile("/copy")).isPresent();
            result.load(Progress.none(), Output.engine("tested:1").with("context", engine.address()));
            assertThat(engine.id("tested:1")).isEqualTo(result.imageId().toString());
            assertThatThrownBy(() -> result.load(Progress.none(), Output.ociArchive(folder.resolve("x"))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void dockersEnvironmentSaysWhichEngine() throws Exception {
        RealEngine engine = engine(Kind.DOCKER);
        Outcome outcome = SlipwayProcess.run(
                folder.resolve("home"),
                new byte[0],
                Map.of("DOCKER_HOST", engine.address()),
                arguments("--load", "-t", "environment:1"));
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(engine.run("environment:1")).isEqualTo("hello from the image");
    }

    /** The other end of ssh is this machine: a program in its place runs the command that it is given. */
    @ParameterizedTest
    @EnumSource
    void anEngineIsReachedThroughSsh(Kind kind) throws Exception {
        RealEngine engine = engine(kind);
        Path programs = Files.createDirectory(folder.resolve("bin"));
        Path ssh = Files.writeString(
                programs.resolve("ssh"),
                "#!/bin/sh\nwhile [ \"$1\" != -- ]; do shift; done\n[ \"$2\" = build.example ] && exec sh -c \"$3\"\n");
        Files.setPosixFilePermissions(ssh, PosixFilePermissions.fromString("rwxr-xr-x"));
        String variable = kind == Kind.DOCKER ? "DOCKER_HOST" : "CONTAINER_HOST";
        Outcome outcome = SlipwayProcess.run(
                folder.resolve("home"),
                new byte[0],
                Map.of(
                        variable,
                        "ssh://jane@build.example" + engine.socket(),
                        "PATH",
                        programs + ":" + System.getenv("PATH"),
                        "DOCKER_CONFIG",
                        folder.toString()),
                arguments("--load", "-t", "remote:1"));
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(engine.run("remote:1")).isEqualTo("hello from the image");
    }
}
