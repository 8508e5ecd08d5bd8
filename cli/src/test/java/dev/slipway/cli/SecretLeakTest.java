package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.SecretSource;
import dev.slipway.Slipway;
import dev.slipway.attest.Provenance;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.llb.Digest;
import dev.slipway.oci.layer.Decompression;
import dev.slipway.plan.Plan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks for a secret in every byte that builds write and say, and for what it could have become there. */
@Tag("end-to-end")
class SecretLeakTest {

    private static final String SECRET = "Kz7-hunter2-Qx9";
    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images", ROOT.resolve("target/images").toString()))
            .resolve("alpine");

    @TempDir
    private Path folder;

    private Path context;
    private final StringBuffer said = new StringBuffer();

    @BeforeEach
    void makeContext() throws IOException {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        context = Files.createDirectory(folder.resolve("context"));
    }

    @Test
    void aSecretThatIsUsedIsNowhereAfterwards() throws Exception {
        Files.writeString(context.resolve("Dockerfile"), """
                FROM alpine AS build
                RUN --mount=type=secret,id=token cat /run/secrets/token | wc -c > /size
                RUN --mount=type=secret,id=token,target=/etc/deep/token,mode=0444 test -s /etc/deep/token
                RUN --mount=type=secret,id=token,env=TOKEN test "$TOKEN" && echo "$TOKEN" | wc -c > /size-too
                RUN --mount=type=secret,id=token,env=TOKEN --mount=type=cache,target=/cache env | wc -l > /cache/count
                FROM alpine
                COPY --from=build /size /size-too /
                """);
        try (Slipway slipway = Slipway.open(folder.resolve("home"))) {
            BuildRequest request = request()
                    .output(Output.ociArchive(folder.resolve("image.tar")))
                    .output(Output.localDirectory(folder.resolve("files")));
            Plan plan = slipway.plan(request);
            said.append(plan.toText()).append(plan.toJson());
            said.append(slipway.build(request, this::hear));
            slipway.build(request.noCache(), this::hear);
        }

        assertThat(folder.resolve("files/size")).hasContent(SECRET.length() + "\n");
        assertThat(folder.resolve("files/size-too")).hasContent(SECRET.length() + 1 + "\n");
        nothingTellsTheSecret();
    }

    @Test
    void aStepThatFailsWithASecretDoesNotTellIt() throws Exception {
        Files.writeString(context.resolve("Dockerfile"), """
                FROM alpine
                ARG NAME=world
                RUN --mount=type=secret,id=token,env=TOKEN echo hello $NAME $TOKEN > /out; exit 3
                """);
        try (Slipway slipway = Slipway.open(folder.resolve("home"))) {
            assertThatThrownBy(() -> slipway.build(request(), this::hear))
                    .isInstanceOf(BuildException.class)
                    .satisfies(e -> said.append(e));
        }

        assertThat(said).contains("exit code: 3");
        nothingTellsTheSecret();
    }

    /** BuildKit hides what stands before the host too; the image's history holds the instruction as it is written. */
    @Test
    void thePasswordOfAUrlIsUsedAndNowhereAfterwards() throws Exception {
        String url = "http://me:" + SECRET + "@127.0.0.1:";
        List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = (path.equals("/Dockerfile") ? "FROM scratch\nCOPY --from=named context /" : "x").getBytes();
            exchange.sendResponseHeaders(
                    path.startsWith("/gone") ? 404 : 200, path.startsWith("/gone") ? -1 : body.length);
            exchange.getResponseBody().write(path.startsWith("/gone") ? new byte[0] : body);
            exchange.close();
        });
        server.start();
        String remote = url + server.getAddress().getPort();
        try (Slipway slipway = Slipway.open(folder.resolve("home"))) {
            BuildRequest request = BuildRequest.ofUrl(remote + "/Dockerfile")
                    .buildContext("named", remote + "/file")
                    .provenance(Provenance.max());
            Plan plan = slipway.plan(request);
            said.append(plan.toText()).append(plan.toJson());
            slipway.build(request.output(Output.localDirectory(folder.resolve("files"))), this::hear);
            assertThat(folder.resolve("files/context")).hasContent("x");
            assertThat(folder.resolve("files/provenance.json")).content().contains("://xxxxx:xxxxx@127.0.0.1:");
            for (String gone : List.of(remote + "/gone", remote + "/gone.git", url + "1/refused", url + "port/")) {
                for (BuildRequest failing : List.of(BuildRequest.ofUrl(gone), request.buildContext("named", gone))) {
                    assertThatThrownBy(() -> slipway.build(failing, this::hear))
                            .isInstanceOf(BuildException.class)
                            .satisfies(e -> e.printStackTrace(new PrintWriter(new AppendingWriter(), true)))
                            .satisfies(e -> said.append(((BuildException) e).report()));
                }
            }
            said.append(slipway.cacheEntries());
        } finally {
            server.stop(0);
        }
        assertThat(authorizations)
                .contains("Basic "
                        + Base64.getEncoder().encodeToString(("me:" + SECRET).getBytes(StandardCharsets.UTF_8)));
        assertThat(said).contains("://xxxxx:xxxxx@127.0.0.1:");
        nothingTellsTheSecret();
    }

    /** Hears stack traces, causes included. */
    private final class AppendingWriter extends Writer {

        @Override
        public void write(char[] text, int offset, int length) {
            said.append(text, offset, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private BuildRequest request() {
        return BuildRequest.of(context)
                .buildContext("alpine", "oci-layout://" + ALPINE)
                .secret("token", SecretSource.text(SECRET))
                .provenance(Provenance.max());
    }

    private void hear(BuildEvent event) {
        said.append(
                event instanceof BuildEvent.Log log
                        ? new String(log.data().toArray(), StandardCharsets.UTF_8)
                        : event.toString());
    }

    private void nothingTellsTheSecret() throws IOException {
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        String digest = Digest.sha256(SECRET).hex();
        List<String> forms = List.of(
                SECRET,
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                HexFormat.of().formatHex(bytes),
                digest,
                new String(HexFormat.of().parseHex(digest), StandardCharsets.ISO_8859_1));
        forms.forEach(form -> assertThat(said).doesNotContain(form));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                byte[] content = Files.readAllBytes(file);
                assertNothingIn(file, content, forms);
                assertNothingIn(file, decompressed(content), forms);
            }
        }
    }

    private static void assertNothingIn(Path file, byte[] content, List<String> forms) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        assertThat(forms).as(file.toString()).noneMatch(text::contains);
    }

    private static byte[] decompressed(byte[] content) {
        try (InputStream plain = Decompression.open(new ByteArrayInputStream(content))) {
            return plain.readAllBytes();
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
