package dev.slipway.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.Credential;
import dev.slipway.executor.CredentialSource;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.image.Compression;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.BlobNotFoundException;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ImageSelector;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.image.ImageValidator;
import dev.slipway.oci.image.TestImages;
import dev.slipway.oci.registry.TestRegistry.Protection;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegistryPullTest {

    private static final CredentialSource JANE =
            host -> Optional.of(new Credential(TestRegistry.USER, TestRegistry.PASSWORD, false));

    private final TestImages images = new TestImages();
    private TestRegistry registry;
    private Descriptor root;
    private ImageReference app;

    @BeforeEach
    void start() throws IOException {
        registry = new TestRegistry();
        root = images.index("linux/amd64", "linux/arm64");
        registry.holding("team/app:1", root, images);
        app = registry.reference("team/app:1");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private static RegistryClient client(RegistrySettings settings) {
        return new RegistryClient(settings, new Backoff(Duration.ofMillis(1)));
    }

    private static RegistryClient client() {
        return client(RegistrySettings.anonymous());
    }

    @Test
    void anImageIsResolvedWithOneSmallRequestAndReadWhole() throws IOException {
        RegistryClient client = client();

        Descriptor found = client.resolve(app);

        assertThat(found).isEqualTo(root);
        assertThat(registry.log()).containsExactly("HEAD /v2/team/app/manifests/1");
        BlobSource blobs = client.blobs(app);
        assertThat(ImageValidator.problems(found, blobs)).isEmpty();
        assertThat(new ImageSelector(blobs).platforms(found))
                .containsExactly(Platform.of("linux", "amd64", ""), Platform.of("linux", "arm64", ""));
    }

    @Test
    void aLayerThatTheRegistryMayNotHoldComesFromElsewhereAndNoCredentialsGoThere() throws IOException {
        Descriptor layer = images.layer("windows", "files", Compression.GZIP)
                .descriptor()
                .withMediaType("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");
        registry.protectedBy(Protection.BASIC);
        try (TestRegistry elsewhere = new TestRegistry();
                InputStream content = images.open(layer)) {
            String path = "/v2/files/blobs/" + layer.digest();
            elsewhere.blobs().put("files@" + layer.digest(), content.readAllBytes());
            Descriptor foreign = new Descriptor(
                    layer.mediaType(),
                    layer.digest(),
                    layer.size(),
                    List.of("file:///etc/passwd", elsewhere.address() + "/missing", elsewhere.address() + path),
                    layer.annotations(),
                    Optional.empty());
            BlobSource blobs =
                    client(RegistrySettings.anonymous().withCredentials(JANE)).blobs(app);

            assertThat(blobs.read(foreign).toArray()).hasSize((int) layer.size());
            assertThat(elsewhere.log()).containsExactly("GET /missing", "GET " + path);
            assertThatThrownBy(() -> blobs.read(layer)).isInstanceOf(BlobNotFoundException.class);
        }
    }

    @Test
    void aDigestLeadsToItsManifestAlone() throws IOException {
        assertThat(client().resolve(app.withDigest(root.digest()))).isEqualTo(root);

        Digest other = Digest.sha256("other");
        assertThatThrownBy(() -> client().resolve(app.withDigest(other)))
                .isInstanceOf(RegistryException.class)
                .hasMessage(app + "@" + other + ": it does not exist there; check name and tag (status 404)");
    }

    @Test
    void aRegistryThatAnswersWithAnotherDigestIsNotBelieved() {
        registry.with(exchange -> {
            exchange.getResponseHeaders()
                    .set("Docker-Content-Digest", root.digest().toString());
            exchange.getResponseHeaders().set("Content-Type", MediaTypes.OCI_INDEX);
            TestRegistry.send(exchange, 200, new byte[1]);
            return true;
        });
        assertThatThrownBy(() -> client().resolve(app.withDigest(Digest.sha256("wanted"))))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageEndingWith("the registry answers with another digest, " + root.digest());
    }

    @Test
    void registriesThatDoNotKnowHeadOrDigestsAreRead() throws IOException {
        registry.failing("HEAD .*", 1, 405);

        assertThat(client().resolve(app)).isEqualTo(root);
        assertThat(registry.log()).containsExactly("HEAD /v2/team/app/manifests/1", "GET /v2/team/app/manifests/1");

        registry.with(exchange -> {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (head) {
                TestRegistry.send(exchange, 200, new byte[100]);
            }
            return head;
        });
        assertThat(client().resolve(app)).isEqualTo(root);
    }

    @ParameterizedTest
    @EnumSource(Protection.class)
    void aUserGetsIn(Protection protection) throws IOException {
        registry.protectedBy(protection);
        RegistryClient client = client(RegistrySettings.anonymous().withCredentials(JANE));

        assertThat(client.resolve(app)).isEqualTo(root);
        assertThat(ImageValidator.problems(root, client.blobs(app))).isEmpty();

        assertThat(registry.log()).filteredOn(line -> line.contains("/token")).hasSizeLessThanOrEqualTo(1);
        assertThat(registry.log())
                .filteredOn(line -> line.startsWith("HEAD") && !line.contains("Bearer") && !line.contains("Basic"))
                .hasSize(1);
    }

    @Test
    void aTokenIsAskedForWithServiceAndScope() throws IOException {
        registry.protectedBy(Protection.ANONYMOUS_TOKEN);

        client().resolve(app);

        assertThat(registry.log())
                .containsExactly(
                        "HEAD /v2/team/app/manifests/1",
                        "GET /token?service=test%2C+registry&scope=repository%3Ateam%2Fapp%3Apull&scope=repository%3Ax%3Apull",
                        "HEAD /v2/team/app/manifests/1 Bearer");
    }

    @Test
    void anIdentityTokenIsExchanged() throws IOException {
        registry.protectedBy(Protection.TOKEN);
        CredentialSource identity = host -> Optional.of(new Credential("<token>", "identity", true));

        assertThat(client(RegistrySettings.anonymous().withCredentials(identity))
                        .resolve(app))
                .isEqualTo(root);
        assertThat(registry.log()).contains("POST /token");
    }

    @Test
    void whoIsNotLetInIsToldWhatToDo() {
        registry.protectedBy(Protection.BASIC);
        assertThatThrownBy(() -> client().resolve(app))
                .hasMessage(app + ": access is denied; if it exists, log in with docker login " + registry.host()
                        + " (status 401)");
        assertThatThrownBy(() -> client(RegistrySettings.anonymous().withCredentials(host -> {
                            throw new IOException("the helper is not installed");
                        }))
                        .resolve(app))
                .hasMessageContaining("(the helper is not installed)");

        registry.protectedBy(Protection.TOKEN);
        assertThatThrownBy(() -> client().resolve(app))
                .hasMessage("127.0.0.1 gives no anonymous token for " + registry.host() + "; log in with docker login "
                        + registry.host() + " (status 401)");
        CredentialSource wrong = host -> Optional.of(new Credential("jane", "wrong", false));
        assertThatThrownBy(() -> client(RegistrySettings.anonymous().withCredentials(wrong))
                        .resolve(app))
                .hasMessageStartingWith("the credentials for " + registry.host() + " are refused")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void anExpiredTokenIsFetchedAnew() throws IOException {
        registry.protectedBy(Protection.ANONYMOUS_TOKEN);
        RegistryClient client = client();
        client.resolve(app);
        registry.failing("HEAD .* Bearer", 1, 401);
        registry.with(exchange -> false);
        registry.log().clear();

        assertThatThrownBy(() -> client.resolve(app)).hasMessageContaining("access is denied");

        TestRegistry.Fault once = challengeOnce();
        registry.with(once);
        assertThat(client.resolve(app)).isEqualTo(root);
        assertThat(registry.log()).filteredOn(line -> line.contains("/token")).hasSize(1);
    }

    private TestRegistry.Fault challengeOnce() {
        boolean[] done = {false};
        return exchange -> {
            if (done[0] || !TestRegistry.line(exchange).matches("HEAD .* Bearer")) {
                return false;
            }
            done[0] = true;
            exchange.getResponseHeaders()
                    .set(
                            "WWW-Authenticate",
                            "Bearer realm=\"" + registry.address() + "/token\",error=\"invalid_token\"");
            TestRegistry.send(exchange, 401, new byte[0]);
            return true;
        };
    }

    @Test
    void credentialsDoNotFollowARedirectToAnotherHost() throws IOException {
        registry.protectedBy(Protection.BASIC);
        try (TestRegistry storage = new TestRegistry()) {
            storage.holding("team/app:1", root, images);
            registry.with(exchange -> {
                boolean blob = exchange.getRequestURI().getPath().contains("/blobs/")
                        && exchange.getRequestHeaders().containsKey("Authorization");
                if (blob) {
                    exchange.getResponseHeaders()
                            .set(
                                    "Location",
                                    storage.address() + exchange.getRequestURI().toString());
                    TestRegistry.send(exchange, 307, new byte[0]);
                }
                return blob;
            });
            BlobSource blobs =
                    client(RegistrySettings.anonymous().withCredentials(JANE)).blobs(app);

            assertThat(ImageValidator.problems(root, blobs)).isEmpty();
            assertThat(storage.log()).isNotEmpty().noneMatch(line -> line.contains("Basic"));
        }
    }

    @Test
    void aPasswordIsNotSentUnprotectedToATokenServerOfASafeRegistry() throws IOException {
        RegistryHost safe = RegistryHost.of("registry.example.com", RegistrySettings.anonymous());
        Challenge challenge = Challenge.parse(List.of("Bearer realm=\"http://tokens.example.com/\""))
                .get(0);
        assertThatThrownBy(() -> Token.fetch(
                        new HttpSender(), safe, challenge, Scope.pull("app"), JANE.find("registry.example.com")))
                .hasMessage("registry.example.com wants a password to be sent unprotected to tokens.example.com,"
                        + " which is refused");
    }

    @Test
    void passingFailuresAreTriedAgain() throws IOException {
        registry.failing("HEAD .*", 2, 503).failing("HEAD .*", 1, 429).failing("HEAD .*", 1, 500);

        assertThat(client().resolve(app)).isEqualTo(root);
        assertThat(registry.log()).hasSize(5);
    }

    @Test
    void aRegistryThatGoesOnFailingIsGivenUp() {
        registry.failing(".*", 100, 503);

        assertThatThrownBy(() -> client().resolve(app))
                .hasMessage(app + ": the registry has failed; try again later (status 503)");
        assertThat(registry.log()).hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void aBrokenBlobGoesOnWhereItBroke() throws IOException {
        byte[] content = new byte[1_000_000];
        new Random(1).nextBytes(content);
        Descriptor blob = Descriptor.of(MediaTypes.OCI_LAYER, content);
        registry.blobs().put("team/app@" + blob.digest(), content);
        registry.with(breaking(3, 300_000));

        try (InputStream in = client().blobs(app).open(blob)) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
        assertThat(registry.log()).hasSize(4);
    }

    @Test
    void aServerThatKnowsNoRangesIsReadFromTheStart() throws IOException {
        byte[] content = new byte[1_000_000];
        new Random(1).nextBytes(content);
        Descriptor blob = Descriptor.of(MediaTypes.OCI_LAYER, content);
        registry.blobs().put("team/app@" + blob.digest(), content);
        registry.with(breaking(1, 300_000));
        registry.with(exchange -> {
            TestRegistry.send(exchange, 200, content);
            return true;
        });

        try (InputStream in = client().blobs(app).open(blob)) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    /** Breaks off the first answers after so many bytes. */
    private TestRegistry.Fault breaking(int times, int after) {
        int[] left = {times};
        return exchange -> {
            String key = exchange.getRequestURI().getPath().replaceFirst("/v2/(.*)/blobs/", "$1@");
            byte[] blob = registry.blobs().get(key);
            if (left[0]-- <= 0 || blob == null) {
                return false;
            }
            String range = exchange.getRequestHeaders().getFirst("Range");
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            if (range != null) {
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes " + from + "-" + (blob.length - 1) + "/" + blob.length);
            }
            exchange.sendResponseHeaders(range == null ? 200 : 206, blob.length - from);
            exchange.getResponseBody().write(Arrays.copyOfRange(blob, from, Math.min(blob.length, from + after)));
            exchange.getResponseBody().flush();
            exchange.close();
            return true;
        };
    }

    @Test
    void aDamagedBlobIsRefused() throws IOException {
        byte[] content = new byte[1000];
        Descriptor blob = Descriptor.of(MediaTypes.OCI_LAYER, content);
        byte[] damaged = content.clone();
        damaged[500] = 1;
        registry.blobs().put("team/app@" + blob.digest(), damaged);

        try (InputStream in = client().blobs(app).open(blob)) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(InvalidImageException.class)
                    .hasMessageContaining(blob.digest() + " is damaged");
        }
        registry.blobs().put("team/app@" + blob.digest(), new byte[2000]);
        assertThatThrownBy(() -> client().blobs(app).open(blob))
                .isInstanceOf(InvalidImageException.class)
                .hasMessage(app.name() + "@" + blob.digest() + ": the registry sends 2000 bytes instead of 1000");
    }

    @Test
    void whatIsMissingIsNamed() {
        Descriptor blob = Descriptor.of(MediaTypes.OCI_LAYER, new byte[3]);

        assertThatThrownBy(() -> client().blobs(app).open(blob))
                .isInstanceOf(BlobNotFoundException.class)
                .hasMessageStartingWith(app.name() + "@" + blob.digest() + ": it does not exist there");
        assertThatThrownBy(() -> client().resolve(registry.reference("team/none:2")))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.isNotFound()).isTrue());
    }

    @Test
    void aRegistryThatIsNotThereIsNamed() {
        String host = registry.host();
        registry.close();

        assertThatThrownBy(() -> client().resolve(app))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith(app + ": the registry " + host + " can't be reached: ");
    }

    @Test
    void mirrorsAreAskedFirstAndMayFail() throws IOException {
        try (TestRegistry mirror = new TestRegistry();
                TestRegistry broken = new TestRegistry()) {
            mirror.holding("proxy/team/app:1", root, images);
            broken.failing(".*", 1000, 500);
            RegistrySettings settings = RegistrySettings.anonymous()
                    .withMirror(registry.host(), broken.address())
                    .withMirror(registry.host(), mirror.address().resolve("/proxy/"));
            RegistryClient client = client(settings);

            assertThat(client.resolve(app)).isEqualTo(root);
            assertThat(ImageValidator.problems(root, client.blobs(app))).isEmpty();
            assertThat(broken.log()).isNotEmpty();
            assertThat(mirror.log())
                    .contains("HEAD /v2/proxy/team/app/manifests/1?ns="
                            + registry.host().replace(":", "%3A"));
            assertThat(registry.log()).isEmpty();

            mirror.manifests().clear();
            assertThat(client.resolve(app)).isEqualTo(root);
            assertThat(registry.log()).hasSize(1);
        }
    }
}
