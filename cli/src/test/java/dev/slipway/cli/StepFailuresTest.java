package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.progress.Progress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
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

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images", ROOT.resolve("target/images").toString()))
            .resolve("alpine");

    /** What {@code serve-git} makes of the files. */
    private static final String COMMIT = "4330bfbe8da113b764fb2b596a4a5f8858d5bc05";

    @TempDir
    private static Path home;

    private static Slipway slipway;
    private static HttpServer server;
    private static GitServer git;
    private static Map<String, byte[]> damaged;

    @TempDir
    private Path context;

    @BeforeAll
    static void open(@TempDir Path files) throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        slipway = Slipway.open(home);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/file", exchange -> {
            byte[] body = "text\n".getBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/500", exchange -> answer(exchange, 500));
        server.createContext("/403", exchange -> answer(exchange, 403));
        server.createContext("/round", exchange -> {
            exchange.getResponseHeaders().set("Location", "/round");
            answer(exchange, 302);
        });
        server.createContext("/short", exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        server.start();
        byte[] noise = new byte[2_000_000];
        new Random(1).nextBytes(noise);
        Files.write(Files.createDirectory(files.resolve("f")).resolve("noise"), noise);
        git = GitServer.start(ROOT, files.resolve("f"), "project", "v1");
        damaged = new TreeMap<>();
        for (String option : List.of("--format=gnu", "--gzip", "--bzip2", "--xz", "--zstd")) {
            byte[] archive = Archive.of(files, option);
            damaged.put(option.substring(2) + ".tar", Arrays.copyOf(archive, archive.length / 2));
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @AfterAll
    static void close() {
        if (slipway != null) {
            slipway.close();
            server.stop(0);
            git.close();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    RUN exit 3 | process "/bin/sh -c exit 3" did not complete successfully: exit code: 3
                    RUN sh -c 'kill -15 $$'; exit $? | process "/bin/sh -c sh -c 'kill -15 $$'; exit $?" did not complete successfully: exit code: 143
                    RUN ["/none", "x"] | process "/none x" could not be started: the image has no /none, or not the interpreter that it names; install it in an earlier step, or name another program, with SHELL if it is the shell
                    RUN ["/etc/passwd"] | process "/etc/passwd" could not be started: /etc/passwd: Permission denied; make it executable, with RUN chmod or COPY --chmod, unless it is a folder
                    RUN --mount=type=secret,id=key,required=true true | secret key: not found; pass the build a secret with this id
                    RUN --mount=type=ssh,required=true true | ssh agent default: not found; pass the build an SSH agent with this id
                    RUN --mount=from=alpine,source=/none,target=/x true | nothing to mount at /none: no such file or folder; check the source of the mount
                    RUN --network=host true | network.host is not allowed; allow the build network.host
                    RUN --security=insecure true | security.insecure is not allowed; allow the build security.insecure
                    COPY none / | "/none": not found; ADVICE
                    COPY --parents none / | "/none": not found; ADVICE
                    COPY --from=alpine /none / | "/none": not found; ADVICE
                    COPY file /etc/passwd/ | mkdir /etc/passwd: not a directory; choose another path, or remove what is there in an earlier RUN
                    COPY file /etc/passwd/x | mkdir /etc/passwd: not a directory; choose another path, or remove what is there in an earlier RUN
                    COPY folder /etc/passwd | cannot copy to non-directory: /etc/passwd; a folder can only go to a folder, or to a path that does not exist
                    COPY folder/sub /bin/busybox/ | mkdir /bin/busybox: not a directory; choose another path, or remove what is there in an earlier RUN
                    WORKDIR /etc/passwd | mkdir /etc/passwd: not a directory; choose another path, or remove what is there in an earlier RUN
                    ADD format=gnu.tar / | cannot unpack /format=gnu.tar: the archive ends too early; UNPACK
                    ADD gzip.tar / | cannot unpack /gzip.tar: the gzip content is damaged: Unexpected end of ZLIB input stream; UNPACK
                    ADD bzip2.tar / | cannot unpack /bzip2.tar: the bzip2 content is damaged: Unexpected end of stream; UNPACK
                    ADD xz.tar / | cannot unpack /xz.tar: the xz content is damaged: it ends too early; UNPACK
                    ADD zstd.tar / | cannot unpack /zstd.tar: the zstd content is damaged: Truncated source; UNPACK
                    ADD http://HOST/none / | http://HOST/none: invalid response status 404; check the URL
                    ADD http://HOST/500 / | http://HOST/500: invalid response status 500; the server failed: try again later
                    ADD http://HOST/403 / | http://HOST/403: invalid response status 403; the server requires a login: fetch it in a RUN with a secret, or outside the build
                    ADD http://HOST/round / | http://HOST/round redirects without end; check the URL
                    ADD http://HOST/short / | cannot get http://HOST/short: the connection was lost before the download was complete; try again
                    ADD http://127.0.0.1:9/x / | cannot get http://127.0.0.1:9/x: 127.0.0.1 does not accept connections; check the URL, and whether this machine reaches it
                    ADD http://no-such-host.invalid/x / | cannot get http://no-such-host.invalid/x: there is no host no-such-host.invalid; check the URL, and whether this machine reaches it
                    ADD --checksum=sha256:0000000000000000000000000000000000000000000000000000000000000000 http://HOST/file / | digest mismatch for http://HOST/file: sha256:b9e68e1bea3e5b19ca6b2f98b73a54b73daafaa250484902e09982e07a12e733 (expected: sha256:0000000000000000000000000000000000000000000000000000000000000000); if the file was meant to change, give its new checksum; otherwise do not trust it
                    ADD REPO#nowhere / | repository REPO does not contain ref nowhere; name a branch, a tag or a commit that it has
                    ADD REPO#main:nowhere / | REPO: invalid subdir nowhere: no such folder; check the part after the colon, or subdir=
                    ADD REPO#0123456789012345678901234567890123456789 / | commit 0123456789012345678901234567890123456789 is not in the repository REPO; check the commit, and whether it has been pushed
                    ADD --checksum=0123456789012345678901234567890123456789 REPO#main / | expected checksum to match 0123456789012345678901234567890123456789, got COMMIT; if the reference was meant to move, give the new commit; otherwise do not trust it
                    ADD http://HOST/none.git / | git ls-remote of http://HOST/none.git failed: fatal: repository 'http://HOST/none.git/' not found; REACH
                    ADD http://127.0.0.1:9/none.git / | git ls-remote of http://127.0.0.1:9/none.git failed: fatal: unable to access 'http://127.0.0.1:9/none.git/': Failed to connect to 127.0.0.1 port 9 after N ms: Couldn't connect to server; REACH
                    ADD http://no-such-host.invalid/none.git / | git ls-remote of http://no-such-host.invalid/none.git failed: fatal: unable to access 'http://no-such-host.invalid/none.git/': Could not resolve host: no-such-host.invalid; REACH
                    ADD ssh://git@127.0.0.1:9/none.git / | git ls-remote of ssh://git@127.0.0.1:9/none.git failed: ssh: connect to host 127.0.0.1 port 9: Connection refused; REACH
                    """)
    void aStepThatIsImpossible(String instruction, String message) throws Exception {
        assertThat(report(named(instruction), "linux/amd64", "linux/arm64"))
                .isEqualTo("Dockerfile:2: for PLATFORM: " + named(message));
    }

    private static String named(String text) {
        return text.replace("HOST", "127.0.0.1:" + server.getAddress().getPort())
                .replace("REPO", git.address())
                .replace("COMMIT", COMMIT)
                .replace("UNPACK", "to unpack it, make it again; otherwise use COPY")
                .replace("ADVICE", "check the name")
                .replace(
                        "REACH",
                        "check the address, whether this machine reaches it, and for a private repository the secret"
                                + " GIT_AUTH_TOKEN or an SSH agent");
    }

    @Test
    void aUserWhomTheImageLacks() throws Exception {
        assertThat(report("USER nobody-here\nRUN true", "linux/amd64", "linux/arm64"))
                .isEqualTo("Dockerfile:3: for PLATFORM: unable to find user nobody-here: no matching entries in passwd"
                        + " file; add the user in an earlier RUN, or give a number");
    }

    @Test
    void aGroupThatTheImageLacks() throws Exception {
        assertThat(report("USER root:nobody-here\nRUN true", "linux/amd64", "linux/arm64"))
                .isEqualTo("Dockerfile:3: for PLATFORM: unable to find group nobody-here: no matching entries in group"
                        + " file; add the group in an earlier RUN, or give a number");
    }

    @Test
    void aPlatformThatNothingEmulates() throws Exception {
        assertThat(report("FROM scratch\nRUN [\"/x\"]", "linux/sparc64"))
                .startsWith(
                        "Dockerfile:3: no executor can run this step, which needs linux/sparc64: executor local runs ")
                .endsWith("; install an emulator (slipway emulators install all --from tonistiigi/binfmt, or on Debian"
                        + " and Ubuntu apt-get install qemu-user-static) or build the stage with FROM"
                        + " --platform=$BUILDPLATFORM and cross-compile");
    }

    @Test
    void whatIsNotAllowedIsRefusedBeforeAnythingRuns() throws Exception {
        prepare("RUN echo not-done\nRUN --network=host true");
        List<BuildEvent> events = new ArrayList<>();
        BuildException failure =
                catchThrowableOfType(BuildException.class, () -> slipway.build(request("linux/amd64"), events::add));

        assertThat(failure.report()).startsWith("Dockerfile:3: for linux/amd64: network.host is not allowed; ");
        assertThat(events)
                .filteredOn(BuildEvent.OfStep.class::isInstance)
                .extracting(event -> ((BuildEvent.OfStep) event).step().name())
                .noneMatch(name -> name.contains("not-done"));
    }

    @Test
    void outputBeyondTheLimit() throws Exception {
        prepare("RUN head -c 3000000 /dev/zero | tr '\\0' x; echo; echo the end; exit 1");
        List<String> warnings = new ArrayList<>();
        StringBuilder output = new StringBuilder();
        BuildException failure = catchThrowableOfType(
                BuildException.class,
                () -> slipway.build(request("linux/amd64"), event -> {
                    if (event instanceof BuildEvent.Warned warned) {
                        warnings.add(warned.message());
                    } else if (event instanceof BuildEvent.Log log) {
                        output.append(new String(log.data().toArray(), StandardCharsets.US_ASCII));
                    }
                }));

        assertThat(failure).hasMessageEndingWith("did not complete successfully: exit code: 1");
        assertThat(warnings)
                .containsExactly(
                        "not all of its output is shown: the limit is 200KiB/s; to keep all of it, let the step write it to a file");
        assertThat(output)
                .contains("\n[output clipped, log limit 200KiB/s reached]\n")
                .endsWith("x\nthe end\n");
    }

    @Test
    void aSandboxThatThereIsNotIsMissedBeforeAnyBuild() {
        assertThatThrownBy(() -> Slipway.open(home, Map.of("sandbox", "jail")))
                .hasMessageStartingWith("unknown sandbox jail; there are built-in, crun, runc");
    }

    @Test
    void aDeviceByName() throws Exception {
        prepare("RUN true");
        BuildRequest request = request("linux/amd64").device("vendor.com/kind=one", true);
        BuildException failure =
                catchThrowableOfType(BuildException.class, () -> slipway.build(request, Progress.none()));

        assertThat(failure)
                .hasMessageStartingWith("for linux/amd64: required device \"vendor.com/kind=one\" is not registered: ")
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
                .replaceFirst(" \\(emulated by .*\\)$", "")
                .replaceFirst(" after [0-9]+ ms", " after N ms");
    }

    private void prepare(String instruction) throws IOException {
        Files.createDirectories(context.resolve("folder/sub"));
        Files.writeString(context.resolve("folder/sub/f"), "x");
        Files.writeString(context.resolve("file"), "x");
        for (Map.Entry<String, byte[]> archive : damaged.entrySet()) {
            if (instruction.contains(archive.getKey())) {
                Files.write(context.resolve(archive.getKey()), archive.getValue());
            }
        }
        Files.writeString(context.resolve("Dockerfile"), "FROM alpine\n" + instruction + "\n");
    }

    private BuildRequest request(String... platforms) {
        return BuildRequest.of(context).platforms(platforms).buildContext("alpine", "oci-layout://" + ALPINE);
    }
}
