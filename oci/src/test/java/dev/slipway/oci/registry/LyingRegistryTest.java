package dev.slipway.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ImageSelector;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.image.ImageValidator;
import dev.slipway.oci.image.TestImages;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes from a registry is refused when it is not what it should be, and the message says what and where. */
class LyingRegistryTest {

    private final TestImages images = new TestImages();
    private final Descriptor image = images.image("linux/amd64").descriptor();
    private TestRegistry registry;
    private ImageReference app;

    @BeforeEach
    void start() throws IOException {
        registry = new TestRegistry().holding("app:1", image, images);
        app = registry.reference("app:1");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private static RegistryClient client() {
        return new RegistryClient(RegistrySettings.anonymous(), new Backoff(Duration.ofMillis(1)));
    }

    /** Selects an image as a build does. */
    private void use() throws IOException {
        RegistryClient client = client();
        new ImageSelector(client.blobs(app)).select(client.resolve(app), Platform.parse("linux/amd64"));
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::use).isInstanceOf(InvalidImageException.class).hasMessageContaining(message);
    }

    /** Gives the tag another manifest. */
    private void tag(String mediaType, String document) {
        TestRegistry.Stored stored = new TestRegistry.Stored(mediaType, document.getBytes(StandardCharsets.UTF_8));
        registry.manifests().put("app@1", stored);
        registry.manifests().put("app@" + Digest.sha256(stored.content()), stored);
    }

    private String manifest() throws IOException {
        return new String(images.read(image).toArray(), StandardCharsets.UTF_8);
    }

    @Test
    void aTruncatedManifestIsRefused() throws IOException {
        byte[] whole = images.read(image).toArray();
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        registry.manifests().put("app@" + image.digest(), new TestRegistry.Stored(MediaTypes.OCI_MANIFEST, half));
        assertRefused(app.name() + "@" + image.digest() + ": the registry sends " + half.length + " bytes instead of "
                + whole.length);

        tag(MediaTypes.OCI_MANIFEST, new String(half, StandardCharsets.UTF_8));
        assertRefused("manifest " + Digest.sha256(half) + ": invalid image manifest: the document is not valid JSON");
    }

    @Test
    void anOversizedManifestIsNotRead() {
        tag(MediaTypes.OCI_MANIFEST, " ".repeat(BlobSource.MAX_DOCUMENT_SIZE + 1));
        assertRefused(" has 8388609 bytes; at most 8388608 are allowed");

        // One that does not say how long it is, and does not end.
        registry.with(exchange -> {
            if (exchange.getRequestMethod().equals("HEAD")) {
                TestRegistry.send(exchange, 405, new byte[0]);
                return true;
            }
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                byte[] piece = new byte[1 << 20];
                Arrays.fill(piece, (byte) ' ');
                for (int i = 0; i < 10_000; i++) {
                    out.write(piece);
                }
            } catch (IOException e) {
                // The client has had enough.
                return true;
            }
            return true;
        });
        assertRefused(app + ": the manifest has more than 8388608 bytes");
    }

    @Test
    void aDeeplyNestedManifestIsRefused() {
        tag(
                MediaTypes.OCI_MANIFEST,
                "{\"schemaVersion\":2,\"config\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
        assertRefused("invalid image manifest: the document is not valid JSON");
    }

    @Test
    void aManifestUnderTheLabelOfAnotherIsRefused() throws IOException {
        tag(MediaTypes.OCI_INDEX, manifest());
        assertRefused("index " + image.digest() + ": the document is not an image index");

        String claim = manifest().replace(MediaTypes.OCI_MANIFEST, MediaTypes.OCI_INDEX);
        tag(MediaTypes.OCI_MANIFEST, claim);
        assertRefused("the document is not an image manifest, for it says that it is " + MediaTypes.OCI_INDEX);

        tag(
                MediaTypes.OCI_INDEX,
                "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"manifests\":[]}");
        assertRefused("the document is not an image index, for it says that it is " + MediaTypes.OCI_MANIFEST);
    }

    @ParameterizedTest
    @CsvSource({
        "application/vnd.docker.distribution.manifest.v1+prettyjws",
        "application/vnd.docker.distribution.manifest.v1+json",
        "application/json"
    })
    void schemaOneIsRefusedByName(String mediaType) {
        tag(mediaType, "{\"schemaVersion\":1,\"name\":\"app\",\"tag\":\"1\",\"fsLayers\":[],\"history\":[]}");
        assertRefused(
                app + ": the image manifest is of Docker's schema 1, which is not supported; push the image again");
    }

    @Test
    void unknownKindsOfContentAreRefused() throws IOException {
        tag(MediaTypes.OCI_MANIFEST, manifest().replace(MediaTypes.OCI_LAYER_ZSTD, "application/vnd.example.layer"));
        assertRefused("has the media type application/vnd.example.layer, which is not supported");

        tag(MediaTypes.OCI_MANIFEST, manifest().replace(MediaTypes.OCI_CONFIG, "application/vnd.example.config"));
        assertRefused("is not an image: its config has the media type application/vnd.example.config");
    }

    @Test
    void aDigestThatCannotBeCheckedIsRefused() throws IOException {
        tag(MediaTypes.OCI_MANIFEST, manifest().replaceFirst("sha256:[0-9a-f]{64}", "sha384:" + "0".repeat(96)));
        assertRefused("unsupported digest algorithm: sha384");
        tag(MediaTypes.OCI_MANIFEST, manifest().replaceFirst("sha256:[0-9a-f]{64}", "md5:" + "0".repeat(32)));
        assertRefused("unsupported digest algorithm: md5");
    }

    @Test
    void sha512IsKnown() throws Exception {
        byte[] content = "a layer".getBytes(StandardCharsets.UTF_8);
        String hex =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(content));
        Descriptor layer = Descriptor.of(MediaTypes.OCI_LAYER, new Digest("sha512", hex), content.length);
        registry.blobs().put("app@" + layer.digest(), content);

        assertThat(client().blobs(app).read(layer).toArray()).isEqualTo(content);
        registry.blobs().put("app@" + layer.digest(), "another".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> client().blobs(app).read(layer))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageStartingWith(app.name() + ": blob " + layer.digest() + " is damaged");

        Digest digest = new Digest(
                "sha512",
                HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-512")
                                .digest(images.read(image).toArray())));
        registry.manifests().put("app@" + digest, registry.manifests().get("app@1"));
        registry.failing("HEAD .*", 1, 405);
        assertThat(client().resolve(app.withDigest(digest)).digest()).isEqualTo(digest);
    }

    @ParameterizedTest
    @CsvSource({"1", "-1", "1000000"})
    void aRegistryThatLiesAboutSizesIsRefused(int more) throws IOException {
        // What the head announces is what is asked for afterwards.
        registry.with(exchange -> {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (head) {
                byte[] document = images.read(image).toArray();
                exchange.getResponseHeaders().set("Content-Type", MediaTypes.OCI_MANIFEST);
                exchange.getResponseHeaders()
                        .set("Docker-Content-Digest", image.digest().toString());
                TestRegistry.send(exchange, 200, new byte[document.length + more]);
            }
            return head;
        });
        assertRefused("the registry sends " + images.read(image).toArray().length + " bytes instead of ");
    }

    @Test
    void anAnswerThatDoesNotSayItsSizeIsReadNoFurtherThanItShouldBe() throws IOException {
        byte[] content = new byte[100_000];
        new Random(6).nextBytes(content);
        Descriptor blob = Descriptor.of(MediaTypes.OCI_LAYER, content);
        registry.with(exchange -> endless(exchange, content));

        try (InputStream in = client().blobs(app).open(blob)) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(InvalidImageException.class)
                    .hasMessage(
                            app.name() + ": blob " + blob.digest() + " has more than the 100000 bytes it should have");
        }
    }

    private static boolean endless(HttpExchange exchange, byte[] content) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; i < 10_000; i++) {
                out.write(content);
            }
        } catch (IOException e) {
            // The client has had enough.
            return true;
        }
        return true;
    }

    @Test
    void aMirrorThatLiesIsNotBelievedAndTheRegistryIsAsked() throws IOException {
        try (TestRegistry mirror = new TestRegistry().holding("app:1", image, images)) {
            byte[] whole = images.read(image).toArray();
            mirror.manifests()
                    .put(
                            "app@" + image.digest(),
                            new TestRegistry.Stored(MediaTypes.OCI_MANIFEST, Arrays.copyOf(whole, whole.length - 1)));
            RegistryClient client = new RegistryClient(
                    RegistrySettings.anonymous().withMirror(registry.host(), mirror.address()),
                    new Backoff(Duration.ofMillis(1)));

            assertThat(ImageValidator.problems(image, client.blobs(app))).isEmpty();
            assertThat(mirror.log()).isNotEmpty();
        }
    }

    @Test
    void layersWithAnotherDiffIdAreNoticed() throws IOException {
        String config = new String(
                images.read(Manifest.parse(images.read(image).toArray()).config())
                        .toArray(),
                StandardCharsets.UTF_8);
        byte[] lie = config.replaceFirst("\"sha256:[0-9a-f]{64}\"", "\"" + Digest.sha256("other") + "\"")
                .getBytes(StandardCharsets.UTF_8);
        Descriptor lying = Descriptor.of(MediaTypes.OCI_CONFIG, lie);
        registry.blobs().put("app@" + lying.digest(), lie);
        String manifest = manifest()
                .replaceFirst("sha256:[0-9a-f]{64}", lying.digest().toString())
                .replaceFirst("\"size\": ?\\d+", "\"size\":" + lie.length);
        tag(MediaTypes.OCI_MANIFEST, manifest);

        RegistryClient client = client();
        assertThat(ImageValidator.problems(client.resolve(app), client.blobs(app)))
                .singleElement()
                .asString()
                .contains("has the diff id")
                .contains("but the config says " + Digest.sha256("other"));
    }
}
