package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text of somebody else that would steer the terminal, or pass for a line of the command's own. */
@Tag("end-to-end")
class HostileTextTest {

    /** The title, the clipboard, the screen, the direction; without an end of line, which a Dockerfile cannot hold in a word. */
    private static final String EVIL =
            "x\u001b]0;title\u0007\u001b]52;c;cm0=\u0007\u001b[2J\u009b31m\u202e\u2066\u007f\rERROR:forged";

    @TempDir
    private Path folder;

    private Path context;

    @BeforeEach
    void makeContext() throws IOException {
        context = Files.createDirectory(folder.resolve("context"));
    }

    private String run(String... arguments) throws Exception {
        SlipwayProcess.Outcome outcome = InProcess.run(arguments);
        return outcome.err() + outcome.out();
    }

    private static void assertHarmless(String said) {
        assertThat(said.chars())
                .as(said)
                .allMatch(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
                .noneMatch(c -> c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069);
        assertThat(said.lines())
                .noneMatch(line -> line.startsWith("ERROR:forged") || line.startsWith("#1 DONE forged"));
    }

    @Test
    void anAnswerOfARegistryIsALineOfTheErrorAndNoMore() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String text = EVIL.replace("\u001b", "\\u001b")
                    .replace("\u0007", "\\u0007")
                    .replace("\r", "\\n#1 DONE forged\\n");
            byte[] body = ("{\"errors\":[{\"code\":\"" + text + "\",\"message\":\"" + text + "\"}]}")
                    .getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                boolean isHead = exchange.getRequestMethod().equals("HEAD");
                exchange.sendResponseHeaders(400, isHead ? -1 : body.length);
                if (!isHead) {
                    exchange.getResponseBody().write(body);
                }
            }
        });
        server.start();
        try {
            Files.writeString(
                    context.resolve("Dockerfile"),
                    "FROM 127.0.0.1:" + server.getAddress().getPort() + "/app\n");
            String said = run("build", context.toString());
            assertThat(said).contains("ERROR: Dockerfile:1: ").contains("forged");
            assertHarmless(said);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void namesInAnArchiveAreShownAsTheyAreAndNotObeyed() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            TarArchiveEntry link = new TarArchiveEntry("a\n#1 DONE forged" + EVIL, TarConstants.LF_LINK);
            link.setLinkName("gone\nERROR:forged" + EVIL);
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        Files.write(context.resolve("evil.tar"), bytes.toByteArray());
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nADD evil.tar /\n");
        String said = run("build", context.toString());
        assertThat(said).contains("ERROR: Dockerfile:2: ").contains("␊ERROR:forged");
        assertHarmless(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "outline", "targets", "plan"})
    void aDockerfileOfSomebodyElseIsOnlyText(String command) throws Exception {
        Files.writeString(
                context.resolve("Dockerfile"),
                "ARG A=" + EVIL + "\n# one describes " + EVIL + "\nFROM scratch AS One\n# B is " + EVIL + "\nARG B="
                        + EVIL + "\nARG A\nLABEL a=$undefined" + EVIL + " b=$A$B\nCOPY " + EVIL + " /\n");
        String said = run(command, context.toString());
        assertThat(said).contains("x␛");
        assertHarmless(said);
    }

    @Test
    void whatIsKeptOfAStepIsOnlyText() throws Exception {
        Files.writeString(context.resolve(EVIL.replace("/", "")), "content");
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY " + EVIL + " /\n");
        String said = run("build", context.toString()) + run("cache", "du");
        assertThat(said).contains("COPY x␛").contains("Total: ");
        assertHarmless(said);
    }
}
