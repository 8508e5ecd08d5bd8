package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.BuildEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The filter of system calls, the rule about devices and the mounts of a step leave programs what they need: a package manager
 * with its installation scripts, and the run-times of Java, of Node.js and of Go, with threads, sockets and children.
 */
@Tag("end-to-end")
@Timeout(600)
class RealProgramsTest {

    private static final Path DEBIAN = Path.of(System.getProperty(
                    "slipway.images",
                    Path.of(System.getProperty("slipway.root", ".."), "target/images")
                            .toString()))
            .resolve("debian");

    private static final String JAVA = """
            import java.net.*;
            import java.nio.file.*;
            import java.util.concurrent.*;

            class Main {
                public static void main(String[] arguments) throws Exception {
                    ExecutorService threads = Executors.newFixedThreadPool(4);
                    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                        Future<Integer> read = threads.submit(() -> server.accept().getInputStream().read());
                        try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
                            client.getOutputStream().write(7);
                        }
                        Path file = Files.createTempFile("file", "");
                        int exitCode = new ProcessBuilder("rm", file.toString()).start().waitFor();
                        System.out.println("java " + read.get() + " " + exitCode + " " + Files.exists(file));
                    } finally {
                        threads.shutdown();
                    }
                }
            }
            """;

    private static final String NODE = """
            const server = require("net").createServer(socket => socket.end("7"));
            server.listen(0, "127.0.0.1", () => require("net").connect(server.address().port, "127.0.0.1").on("data", async data => {
              await require("fs").promises.writeFile("/tmp/file", data);
              console.log("node", require("child_process").execSync("cat /tmp/file").toString());
              server.close();
            }));
            """;

    /** The program {@code age} is written in Go. */
    private static final String DOCKERFILE = """
            FROM debian AS installed
            RUN apt-get update -qq && apt-get install -qq --no-install-recommends age nodejs
            FROM installed AS run
            ARG SANDBOX
            COPY Main.java main.js /
            RUN --mount=from=jdk,target=/jdk /jdk/bin/java /Main.java > /seen
            RUN node /main.js >> /seen
            RUN age-keygen -o /key && echo go 7 | age -r $(age-keygen -y /key) | age -d -i /key >> /seen
            FROM scratch
            COPY --from=run /seen /
            """;

    @TempDir
    private Path folder;

    @Test
    void packagesAreInstalledAndTheRunTimesOfLanguagesWork() throws Exception {
        assumeTrue(Files.isDirectory(DEBIAN), "no base image at " + DEBIAN + "; testdata/base-images makes it");
        Path context = Files.createDirectory(folder.resolve("context"));
        Files.writeString(context.resolve("Main.java"), JAVA);
        Files.writeString(context.resolve("main.js"), NODE);
        // Where distributions lead a JDK's configuration to /etc, it takes more than the folder of the machine's.
        Path jdk = folder.resolve("jdk");
        assertThat(ToolProvider.findFirst("jlink")
                        .orElseThrow()
                        .run(System.out, System.err, "--add-modules", "jdk.compiler", "--output", jdk.toString()))
                .isZero();

        // What is installed in the first sandbox is there in the others.
        for (String sandbox : new String[] {"built-in", "crun", "runc"}) {
            Path out = folder.resolve("out-" + sandbox);
            BuildRequest request = BuildRequest.of(context)
                    .dockerfileText(DOCKERFILE)
                    .buildArg("SANDBOX", sandbox)
                    .buildContext("debian", "oci-layout://" + DEBIAN)
                    .buildContext("jdk", jdk)
                    .output(Output.localDirectory(out));
            StringBuilder said = new StringBuilder();
            try (Slipway slipway = Slipway.open(folder.resolve("home"), Map.of("sandbox", sandbox))) {
                assertThatCode(() -> slipway.build(request, event -> {
                            if (event instanceof BuildEvent.Log log) {
                                said.append(new String(log.data().toArray(), StandardCharsets.UTF_8));
                            }
                        }))
                        .as(() -> "in the sandbox " + sandbox + ", where was said: " + said)
                        .doesNotThrowAnyException();
            }
            assertThat(out.resolve("seen")).hasContent("java 7 0 false\nnode 7\ngo 7\n");
        }
    }
}
