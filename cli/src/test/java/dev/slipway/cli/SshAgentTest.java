package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps use the keys of a real ssh-agent, of root and of an ordinary user. The image is made of this machine's ssh-add. */
@Tag("end-to-end")
@Timeout(300)
class SshAgentTest {

    private static final String DOCKERFILE = """
            FROM scratch
            COPY . /
            RUN --mount=type=ssh,required=true ["/usr/bin/ssh-add", "-l"]
            USER 33:33
            RUN --mount=type=ssh,uid=33 ["/usr/bin/ssh-add", "-l"]
            """;

    @TempDir
    private Path folder;

    private Process agent;

    @BeforeEach
    void openFolder() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void stopAgent() {
        agent.destroy();
    }

    private static String run(Path output, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(() -> String.join(" ", command)).isZero();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    /** Starts an agent that knows a new key, whose fingerprint is given back. */
    private String startAgent(Path place, List<String> as) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Path key = place.resolve("key");
        Path socket = place.resolve("socket");
        agent = new ProcessBuilder(Stream.concat(as.stream(), Stream.of("ssh-agent", "-D", "-a", socket.toString()))
                        .toList())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        run(
                output,
                Stream.concat(
                                as.stream(),
                                Stream.of(
                                        "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "slipway", "-f", key + ""))
                        .toList());
        String fingerprint =
                run(output, List.of("ssh-keygen", "-lf", key + ".pub")).split(" ")[1];
        while (!Files.exists(socket)) {
            assertThat(agent.isAlive()).isTrue();
            Thread.sleep(10);
        }
        run(
                output,
                Stream.concat(as.stream(), Stream.of("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", key.toString()))
                        .toList());
        return fingerprint;
    }

    /** A root with nothing but the program and the libraries that it names. */
    private void makeContext(Path context) throws IOException, InterruptedException {
        Path program = Path.of("/usr/bin/ssh-add");
        String libraries = run(folder.resolve("output"), List.of("ldd", program.toString()));
        List<Path> files = Stream.concat(
                        Stream.of(program),
                        Stream.of(libraries.split("\\s+"))
                                .filter(word -> word.startsWith("/"))
                                .map(Path::of))
                .toList();
        for (Path file : files) {
            Path copy = context.resolve(file.toString().substring(1));
            Files.createDirectories(copy.getParent());
            Files.copy(file.toRealPath(), copy);
        }
        Files.createDirectories(context.resolve("etc"));
        Files.writeString(context.resolve("etc/passwd"), "root:x:0:0::/:/none\nweb:x:33:33::/:/none\n");
        Files.writeString(context.resolve("Dockerfile"), DOCKERFILE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"built-in", "crun", "runc"})
    void ofRoot(String sandbox) throws Exception {
        Path context = Files.createDirectory(folder.resolve("context"));
        makeContext(context);
        String fingerprint = startAgent(folder, List.of());
        SlipwayProcess.Outcome outcome = SlipwayProcess.run(
                folder.resolve("home"),
                "build",
                "--sandbox",
                sandbox,
                "--ssh",
                "default=" + folder.resolve("socket"),
                context.toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err().split(Pattern.quote(fingerprint), -1))
                .as(outcome.err())
                .hasSize(3);
    }

    @Test
    void ofAnOrdinaryUser() throws Exception {
        OrdinaryUser user = OrdinaryUser.withOthers(folder);
        Path context = Files.createDirectory(user.folder().resolve("context"));
        makeContext(context);
        String fingerprint = startAgent(user.folder(), user.as());
        String said =
                user.run(List.of(), "build", "--ssh", "default=" + user.folder().resolve("socket"), context.toString());

        assertThat(said).contains("sandbox rootless");
        assertThat(said.split(Pattern.quote(fingerprint), -1)).as(said).hasSize(3);
    }
}
