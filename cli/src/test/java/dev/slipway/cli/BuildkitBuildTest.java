package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.cli.SlipwayProcess.Outcome;
import dev.slipway.llb.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the command prints for BuildKit is built by a real BuildKit, and comes out as it does here. No distribution packages
 * that: properties {@code slipway.buildctl} and {@code slipway.buildkitd} say where it is, if it is not among the commands.
 */
@Tag("end-to-end")
class BuildkitBuildTest {

    private static final String BUILDCTL = System.getProperty("slipway.buildctl", "buildctl");
    private static final String BUILDKITD = System.getProperty("slipway.buildkitd", "buildkitd");
    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images", ROOT.resolve("target/images").toString()))
            .resolve("alpine");

    @TempDir
    private Path folder;

    @Test
    void theBytesForBuildctlBuildWhatTheCommandBuilds() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root to start buildkitd");
        assumeTrue(isThere(BUILDCTL), "there is no " + BUILDCTL + "; -Dslipway.buildctl says where it is");
        assumeTrue(isThere(BUILDKITD), "there is no " + BUILDKITD + "; -Dslipway.buildkitd says where it is");
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        try (TestRegistry registry = new TestRegistry(ALPINE)) {
            Path context = context(registry.reference());
            Path ours = folder.resolve("ours");
            Outcome built =
                    run(new byte[0], slipway("build", "--output", "type=local,dest=" + ours, context.toString()));
            assertThat(built.exitCode()).as(built.err()).isZero();
            Outcome bytes = run(new byte[0], slipway("llb", "--format", "proto", context.toString()));
            assertThat(bytes.exitCode()).as(bytes.err()).isZero();

            Path theirs = folder.resolve("theirs");
            Outcome buildkit = buildWithBuildkit(bytes.bytes(), context, theirs);

            assertThat(buildkit.exitCode()).as(buildkit.err()).isZero();
            assertThat(files(theirs)).isEqualTo(files(ours)).containsKeys("/copied/a", "/made", "/heredoc");
        }
    }

    private Path context(String base) throws IOException {
        Path context = Files.createDirectories(folder.resolve("context"));
        Files.createDirectories(context.resolve("data"));
        Files.writeString(context.resolve("data/a"), "a\n");
        Files.writeString(context.resolve("data/skipped"), "skipped\n");
        Files.writeString(context.resolve(".dockerignore"), "data/skipped\n");
        Files.writeString(context.resolve("Dockerfile"), """
                FROM %1$s AS made
                ARG TARGETARCH
                RUN --mount=type=bind,source=data,target=/in cat /in/a > /a && echo "$TARGETARCH" >> /a
                FROM %1$s
                COPY data /copied
                COPY --link --chmod=0640 --from=made /a /made
                COPY <<TEXT /heredoc
                for $PATH
                TEXT
                RUN ln -s /made /link && chmod 0700 /copied
                """.formatted(base));
        return context;
    }

    private Outcome buildWithBuildkit(byte[] definition, Path context, Path out) throws Exception {
        String address = "unix://" + folder.resolve("socket");
        Path log = folder.resolve("buildkitd.log");
        Process daemon = new ProcessBuilder(
                        BUILDKITD,
                        "--addr",
                        address,
                        "--root",
                        folder.resolve("buildkit").toString(),
                        "--oci-worker=true",
                        "--containerd-worker=false",
                        "--oci-worker-net=host")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            while (run(new byte[0], List.of(BUILDCTL, "--addr", address, "debug", "workers"))
                            .exitCode()
                    != 0) {
                assertThat(daemon.isAlive()).as(Files.readString(log)).isTrue();
                Thread.sleep(100);
            }
            return run(
                    definition,
                    List.of(
                            BUILDCTL,
                            "--addr",
                            address,
                            "build",
                            "--local",
                            "context=" + context,
                            "--output",
                            "type=local,dest=" + out));
        } finally {
            daemon.destroy();
            daemon.waitFor(30, TimeUnit.SECONDS);
        }
    }

    private static List<String> slipway(String... arguments) {
        return Background.words(arguments);
    }

    private Outcome run(byte[] input, List<String> command) throws IOException, InterruptedException {
        Path in = Files.write(folder.resolve("in"), input);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("SLIPWAY_HOME", folder.resolve("home").toString());
        Process process = builder.start();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        return new Outcome(process.exitValue(), Files.readAllBytes(out), Files.readString(err));
    }

    /** Each file below a folder with its mode, its target or its content. The folder is made by the client. */
    private static TreeMap<String, String> files(Path root) throws IOException {
        TreeMap<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(path -> !path.equals(root)).toList()) {
                String name = "/" + root.relativize(path);
                String mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) + " ";
                if (Files.isSymbolicLink(path)) {
                    files.put(name, "-> " + Files.readSymbolicLink(path));
                } else {
                    files.put(name, mode + (Files.isDirectory(path) ? "" : Digest.sha256(Files.readAllBytes(path))));
                }
            }
        }
        return files;
    }

    private static boolean isThere(String command) throws InterruptedException {
        try {
            return new ProcessBuilder(command, "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
