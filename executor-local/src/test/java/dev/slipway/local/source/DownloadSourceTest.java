package dev.slipway.local.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Vertex;
import dev.slipway.local.TestBuild;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadSourceTest {

    @TempDir
    Path folder;

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private String content = "hello";
    private String location = "/file";
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String etag = "\"" + content.hashCode() + "\"";
            String asked = exchange.getRequestHeaders().getFirst("If-None-Match");
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            requests.add(exchange.getRequestURI().getPath()
                    + (authorization == null ? "" : " " + authorization)
                    + (etag.equals(asked) ? " unchanged" : ""));
            exchange.getResponseHeaders().set("ETag", etag);
            exchange.getResponseHeaders().set("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT");
            byte[] body = content.getBytes(StandardCharsets.UTF_8);
            if (exchange.getRequestURI().getPath().equals("/moved")) {
                exchange.getResponseHeaders().set("Location", location);
                exchange.sendResponseHeaders(302, -1);
            } else if (exchange.getRequestURI().getPath().equals("/missing")) {
                exchange.sendResponseHeaders(404, -1);
            } else if (etag.equals(asked)) {
                exchange.sendResponseHeaders(304, -1);
            } else {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Vertex source(String path, Map<String, String> attributes) {
        return TestBuild.source("http://127.0.0.1:" + server.getAddress().getPort() + path, attributes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/a|{b}^[c]?x=|y a|{b}^[c]",
                "/..%2f.. download",
                "/a/. download",
                "/a%00b download",
                "/x%2fy y",
                "/ download"
            })
    void aFileHasTheLastPartOfItsPathAsItsName(String path, String name) throws Exception {
        try (TestBuild build = new TestBuild(folder)) {
            assertThat(build.list(source(path, Map.of()))).containsExactly(name + " 600 hello");
        }
    }

    @Test
    void aNameThatTheBuildGivesLeadsNowhereElse() throws Exception {
        try (TestBuild build = new TestBuild(folder)) {
            assertThat(build.list(source("/file", Map.of("http.filename", ".."))))
                    .containsExactly("download 600 hello");
            assertThat(build.list(source("/file", Map.of("http.filename", "../x"))))
                    .containsExactly("x 600 hello");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"file|x /file|x", "a/../b /b", "/naïve /naïve"})
    void aServerNamesAnotherPlaceInWordsOfItsOwn(String to, String asked) throws Exception {
        // As bytes of UTF-8, which are written one by one.
        location = new String(to.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        try (TestBuild build = new TestBuild(folder)) {
            assertThat(build.list(source("/moved", Map.of()))).containsExactly("moved 600 hello");
        }
        assertThat(requests).last().isEqualTo(asked);
    }

    @Test
    void whatARedirectSaysOfWhoAsksGoesWhereItLeads() throws Exception {
        location = "http://u:p@127.0.0.1:" + server.getAddress().getPort() + "/file";
        try (TestBuild build = new TestBuild(folder)) {
            assertThat(build.list(source("/moved", Map.of()))).containsExactly("moved 600 hello");
        }
        assertThat(requests).containsExactly("/moved", "/file Basic dTpw");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://[/", "http://127.0.0.1:99999/", "ftp://127.0.0.1/", "http://127.0.0.1/%zz"})
    void aRedirectToNowhereIsAFaultOfTheServer(String to) throws Exception {
        location = to;
        try (TestBuild build = new TestBuild(folder)) {
            assertThatThrownBy(() -> build.list(source("/moved", Map.of())))
                    .isInstanceOf(ExecutorException.class)
                    .hasMessageContaining("invalid URL");
        }
    }

    @Test
    void aPortThatThereCannotBeIsRefused() throws Exception {
        try (TestBuild build = new TestBuild(folder)) {
            assertThatThrownBy(() -> build.list(TestBuild.source("http://127.0.0.1:99999/f", Map.of())))
                    .isInstanceOf(ExecutorException.class)
                    .hasMessage("invalid URL http://127.0.0.1:99999/f; the port is a number up to 65535");
        }
    }

    @Test
    void aFileIsDownloadedOnceAndAskedForOnceABuild() throws Exception {
        Vertex vertex = source("/file", Map.of());
        Digest key;
        try (TestBuild build = new TestBuild(folder)) {
            key = build.work.sourceKey(vertex, StepMonitor.NONE);
            assertThat(build.list(vertex)).containsExactly("file 600 hello");
        }
        try (TestBuild build = new TestBuild(folder)) {
            assertThat(build.work.sourceKey(vertex, StepMonitor.NONE)).isEqualTo(key);
            assertThat(build.list(vertex)).containsExactly("file 600 hello");
        }
        assertThat(requests).containsExactly("/file", "/file unchanged");
        content = "changed";
        try (TestBuild build = new TestBuild(folder)) {
            assertThat(build.work.sourceKey(vertex, StepMonitor.NONE)).isNotEqualTo(key);
            assertThat(build.list(vertex)).containsExactly("file 600 changed");
        }
    }

    /** A flipped bit would give a file the time of another, or take it for unchanged. */
    @Test
    void whatIsKnownOfADownloadIsNotTrustedWhenItIsDamaged() throws Exception {
        Vertex vertex = source("/file", Map.of());
        try (TestBuild build = new TestBuild(folder)) {
            build.work.sourceKey(vertex, StepMonitor.NONE);
            build.list(vertex);
        }
        try (Stream<Path> files = Files.list(folder.resolve("home/v1/http"))) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                assertThat(text).contains("2015-10-21");
                Files.writeString(file, text.replace("2015-10-21", "2015-10-20"));
            }
        }
        try (TestBuild build = new TestBuild(folder)) {
            build.work.sourceKey(vertex, StepMonitor.NONE);
            assertThat(build.list(vertex)).containsExactly("file 600 hello");
        }
        assertThat(requests).containsExactly("/file", "/file");
    }

    @Test
    void aFileWhoseDigestIsGivenIsNotAskedForAgain() throws Exception {
        Map<String, String> attributes =
                Map.of("http.checksum", Digest.sha256("hello").toString(), "http.filename", "f", "http.perm", "0755");
        for (int i = 0; i < 2; i++) {
            try (TestBuild build = new TestBuild(folder)) {
                build.work.sourceKey(source("/file", attributes), StepMonitor.NONE);
                assertThat(build.list(source("/file", attributes))).containsExactly("f 755 hello");
            }
        }
        assertThat(requests).containsExactly("/file");
    }

    @Test
    void aFileIsAsOldAsTheServerSays() throws Exception {
        try (TestBuild build = new TestBuild(folder)) {
            assertThat(build.work.sourceTime(source("/file", Map.of())))
                    .contains(Instant.parse("2015-10-21T07:28:00Z"));
        }
    }

    @Test
    void aFileThatTheClientDoesNotOfferIsSaid() throws Exception {
        try (TestBuild build = new TestBuild(folder)) {
            Vertex upload = TestBuild.source("http://buildkit-session/x", Map.of("http.filename", "context"));
            assertThatThrownBy(() -> build.work.sourceKey(upload, StepMonitor.NONE))
                    .isInstanceOf(ExecutorException.class)
                    .hasMessage("the client of this build does not offer http://buildkit-session/x");
        }
    }

    @Test
    void aRedirectIsFollowed() throws Exception {
        try (TestBuild build = new TestBuild(folder)) {
            assertThat(build.list(source("/moved", Map.of()))).containsExactly("moved 600 hello");
        }
    }

    @Test
    void whatCannotBeHadIsSaid() throws Exception {
        try (TestBuild build = new TestBuild(folder)) {
            Vertex missing = source("/missing", Map.of());
            assertThatThrownBy(() -> build.work.sourceKey(missing, StepMonitor.NONE))
                    .isInstanceOf(ExecutorException.class)
                    .hasMessageEndingWith("/missing: invalid response status 404; check the URL");
            String wanted = Digest.sha256("other").toString();
            Vertex other = source("/file", Map.of("http.checksum", wanted));
            assertThatThrownBy(() -> build.run(other))
                    .isInstanceOf(ExecutorException.class)
                    .hasMessageStartingWith("digest mismatch for http://127.0.0.1")
                    .hasMessageContaining(Digest.sha256("hello") + " (expected: " + wanted + "); ");
        }
    }
}
