package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.progress.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way in which a step can be impossible has one message, which names the line, the platform and what is wrong. */
@Tag("end-to-end")
class StepFailuresTest {

    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images",
                    Path.of(System.getProperty("slipway.root", ".."), "target/images")
                            .toString()))
            .resolve("alpine");

    @TempDir
    private static Path home;

    private static Slipway slipway;
    private static HttpServer server;

    @TempDir
    private Path context;

    @BeforeAll
    static void open() throws IOException {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        slipway = Slipway.open(home);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/file", exchange -> {
            byte[] body = "text\n".getBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void close() {
        if (slipway != null) {
            slipway.close();
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    RUN exit 3 | process "/bin/sh -c exit 3" did not complete successfully: exit code: 3
                    RUN sh -c 'kill -15 $$'; exit $? | process "/bin/sh -c sh -c 'kill -15 $$'; exit $?" did not complete successfully: exit code: 143
                    RUN ["/none", "x"] | process "/none x" could not be started: the image has no /none, or not the interpreter that it names
                    RUN ["/etc/passwd"] | process "/etc/passwd" could not be started: /etc/passwd: Permission denied
                    RUN --mount=type=secret,id=key,required=true true | secret key: not found; give it with --secret id=key,src=FILE
                    RUN --mount=type=ssh,required=true true | ssh agent default: not found; give one with --ssh
                    RUN --mount=from=alpine,source=/none,target=/x true | nothing to mount at /none: no such file or folder
                    COPY none / | "/none": not found
                    COPY file /etc/passwd/ | mkdir /etc/passwd: not a directory
                    COPY folder /etc/passwd | cannot copy to non-directory: /etc/passwd
                    COPY folder/sub /bin/busybox/ | mkdir /bin/busybox: not a directory
                    COPY --from=alpine /none / | "/none": not found
                    ADD damaged.tar / | cannot unpack /damaged.tar: the archive ends too early
                    WORKDIR /etc/passwd | mkdir /etc/passwd: not a directory
                    ADD http://HOST/none / | http://HOST/none: invalid response status 404
                    ADD http://127.0.0.1:9/x / | cannot get http://127.0.0.1:9/x: 127.0.0.1 takes no connection; check the URL, and whether this machine reaches it
                    ADD http://no-such-host.invalid/x / | cannot get http://no-such-host.invalid/x: there is no host no-such-host.invalid; check the URL, and whether this machine reaches it
                    ADD --checksum=sha256:0000000000000000000000000000000000000000000000000000000000000000 http://HOST/file / | digest mismatch for http://HOST/file: sha256:b9e68e1bea3e5b19ca6b2f98b73a54b73daafaa250484902e09982e07a12e733 (expected: sha256:0000000000000000000000000000000000000000000000000000000000000000)
                    """)
    void aStepThatIsImpossible(String instruction, String message) throws Exception {
        String host = "127.0.0.1:" + server.getAddress().getPort();

        assertThat(report(instruction.replace("HOST", host), "linux/amd64", "linux/arm64"))
                .isEqualTo("Dockerfile:2: for PLATFORM: " + message.replace("HOST", host));
    }

    @Test
    void ofOnePlatformNoneIsNamed() throws Exception {
        assertThat(report("COPY none /", "linux/amd64")).isEqualTo("Dockerfile:2: \"/none\": not found");
    }

    @Test
    void aUserWhomTheImageLacks() throws Exception {
        assertThat(report("USER nobody-here\nRUN true", "linux/amd64", "linux/arm64"))
                .isEqualTo(
                        "Dockerfile:3: for PLATFORM: unable to find user nobody-here: no matching entries in passwd file");
    }

    @Test
    void aSandboxThatThereIsNot() throws Exception {
        try (Slipway other = Slipway.open(home, Map.of("sandbox", "jail"))) {
            assertThat(report(other, "RUN true", "linux/amd64"))
                    .startsWith("Dockerfile:2: unknown sandbox jail; there are built-in, crun, runc");
        }
    }

    @Test
    void aDeviceByName() throws Exception {
        prepare("RUN true");
        BuildRequest request = request("linux/amd64").device("vendor.com/kind=one", true);
        BuildException failure =
                catchThrowableOfType(BuildException.class, () -> slipway.build(request, Progress.none()));

        assertThat(failure)
                .hasMessageStartingWith("the local executor cannot give steps the device vendor.com/kind=one: ")
                .extracting(BuildException::locations)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .isNotEmpty();
    }

    private String report(String instruction, String... platforms) throws Exception {
        return report(slipway, instruction, platforms);
    }

    /** The first line of the report. Which of several platforms fails first, and whether it is the emulated one, is chance. */
    private String report(Slipway engine, String instruction, String... platforms) throws Exception {
        prepare(instruction);
        BuildException failure =
                catchThrowableOfType(BuildException.class, () -> engine.build(request(platforms), Progress.none()));
        String report = failure.report();
        String first = report.substring(report.indexOf("Dockerfile:"))
                .lines()
                .findFirst()
                .orElse("");
        return first.replaceFirst("for linux/a[a-z0-9]+(, linux/[a-z0-9]+)*: ", "for PLATFORM: ")
                .replaceFirst(" \\(emulated by .*\\)$", "");
    }

    private void prepare(String instruction) throws IOException {
        Files.createDirectories(context.resolve("folder/sub"));
        Files.writeString(context.resolve("folder/sub/f"), "x");
        Files.writeString(context.resolve("file"), "x");
        // The header of an archive whose one file is not there.
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(archive)) {
            TarArchiveEntry entry = new TarArchiveEntry("f");
            entry.setSize(3);
            tar.putArchiveEntry(entry);
            tar.write(new byte[3]);
            tar.closeArchiveEntry();
        }
        Files.write(context.resolve("damaged.tar"), Arrays.copyOf(archive.toByteArray(), 512));
        Files.writeString(context.resolve("Dockerfile"), "FROM alpine\n" + instruction + "\n");
    }

    private BuildRequest request(String... platforms) {
        return BuildRequest.of(context).platforms(platforms).buildContext("alpine", "oci-layout://" + ALPINE);
    }
}
