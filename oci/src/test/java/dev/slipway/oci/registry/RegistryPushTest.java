package dev.slipway.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.Credential;
import dev.slipway.executor.CredentialSource;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.event.Activity;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Compression;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.image.ImageValidator;
import dev.slipway.oci.image.TestImages;
import dev.slipway.oci.registry.TestRegistry.Protection;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryPushTest {

    private final TestImages images = new TestImages();
    private final Descriptor root = images.index("linux/amd64", "linux/arm64");
    private TestRegistry registry;
    private ImageReference target;

    @BeforeEach
    void start() throws IOException {
        registry = new TestRegistry();
        target = registry.reference("team/app:2");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private static RegistryClient client() {
        CredentialSource jane = host -> Optional.of(new Credential(TestRegistry.USER, TestRegistry.PASSWORD, false));
        return new RegistryClient(
                RegistrySettings.anonymous().withCredentials(jane), new Backoff(Duration.ofMillis(1)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Protection.class,
            names = {"NONE", "BASIC", "TOKEN"})
    void anImageThatWasPushedCanBePulled(Protection protection) throws IOException {
        registry.protectedBy(protection);
        RegistryClient client = client();

        client.push(Push.of(target, root, images), StepMonitor.NONE);

        assertThat(client.resolve(target)).isEqualTo(root);
        assertThat(ImageValidator.problems(root, client.blobs(target))).isEmpty();
    }

    @Test
    void anUnchangedImageCostsOneRequest() throws IOException {
        client().push(Push.of(target, root, images), StepMonitor.NONE);
        registry.log().clear();

        client().push(Push.of(target, root, images), StepMonitor.NONE);

        assertThat(registry.log()).containsExactly("HEAD /v2/team/app/manifests/2");
    }

    @Test
    void anotherTagOfAnImageThatIsThereAsksForNothingBelowIt() throws IOException {
        client().push(Push.of(target, root, images), StepMonitor.NONE);
        registry.log().clear();

        client().push(Push.of(registry.reference("team/app:3"), root, images), StepMonitor.NONE);

        assertThat(registry.log())
                .containsExactly(
                        "HEAD /v2/team/app/manifests/3",
                        "HEAD /v2/team/app/manifests/" + root.digest(),
                        "PUT /v2/team/app/manifests/3");
    }

    @Test
    void aPlatformThatIsThereAlreadyIsNotSentAgain() throws IOException {
        Descriptor same = images.image("linux/amd64").descriptor();
        client().push(Push.of(target, same, images), StepMonitor.NONE);
        registry.log().clear();

        client().push(Push.of(target, root, images), StepMonitor.NONE);

        assertThat(registry.log())
                .filteredOn(line -> line.contains("/manifests/"))
                .containsOnlyOnce("HEAD /v2/team/app/manifests/" + same.digest())
                .doesNotContain("PUT /v2/team/app/manifests/" + same.digest());
        Image there = Image.read(same, images);
        assertThat(registry.log())
                .noneMatch(
                        line -> line.contains(there.manifest().config().digest().toString()));
        assertThat(ImageValidator.problems(root, client().blobs(target))).isEmpty();
    }

    @Test
    void theTagIsPutAfterAllElse() throws IOException {
        client().push(Push.of(target, root, images), StepMonitor.NONE);

        assertThat(registry.log()).last().isEqualTo("PUT /v2/team/app/manifests/2");
    }

    @Test
    void aTagStaysWhereItWasIfSomethingIsRefused() throws IOException {
        Descriptor former = images.image("linux/riscv64").descriptor();
        client().push(Push.of(target, former, images), StepMonitor.NONE);
        registry.failing("PUT .*/manifests/" + root.digest(), 100, 403);

        assertThatThrownBy(() -> client().push(Push.of(target, root, images), StepMonitor.NONE))
                .hasMessageContaining("access is denied");

        assertThat(client().resolve(target).digest()).isEqualTo(former.digest());
    }

    @Test
    void layersAreTakenOverFromTheRepositoryTheyCameFrom() throws IOException {
        Descriptor base = images.image("linux/amd64").descriptor();
        registry.holding("base:1", base, images);
        Map<Digest, ImageReference> origins = new ConcurrentHashMap<>();
        for (Descriptor layer : Image.read(base, images).manifest().layers()) {
            origins.put(layer.digest(), registry.reference("base:1"));
        }

        client().push(new Push(target, base, images, origins), StepMonitor.NONE);

        assertThat(registry.log()).filteredOn(line -> line.contains("mount=")).hasSize(2);
        assertThat(registry.log())
                .filteredOn(line -> line.startsWith("PUT") && line.contains("/blobs/"))
                .hasSize(1);
        assertThat(ImageValidator.problems(base, client().blobs(target))).isEmpty();
    }

    @Test
    void whatFailsForAWhileIsBegunAnew() throws IOException {
        registry.failing("PUT .*/blobs/.*", 2, 503)
                .failing("PUT .*/manifests/.*", 2, 502)
                .failing("POST .*", 1, 500);

        client().push(Push.of(target, root, images), StepMonitor.NONE);

        assertThat(ImageValidator.problems(root, client().blobs(target))).isEmpty();
    }

    @Test
    void progressIsToldToTheEnd() throws IOException {
        Map<String, Long> done = new ConcurrentHashMap<>();
        StepMonitor monitor = new StepMonitor() {
            @Override
            public void progress(Activity activity, String part, long current, long total) {
                assertThat(activity).isEqualTo(Activity.UPLOADING);
                done.merge(part, current, Math::max);
            }
        };
        client().push(Push.of(target, root, images), monitor);

        Image amd = Image.read(images.image("linux/amd64").descriptor(), images);
        assertThat(done)
                .containsEntry(
                        target.name() + "@" + amd.manifest().layers().get(0).digest(),
                        amd.manifest().layers().get(0).size());
        assertThat(done)
                .containsEntry(
                        target.name() + "@" + amd.manifest().config().digest(),
                        amd.manifest().config().size());
    }

    @Test
    void aBlobThatCannotBeReadIsNotBlamedOnTheRegistry() {
        Push broken = Push.of(target, root, blob -> {
            if (MediaTypes.isLayer(blob.mediaType())) {
                throw new IOException("the store is damaged");
            }
            return images.open(blob);
        });
        assertThatThrownBy(() -> client().push(broken, StepMonitor.NONE)).hasMessage("the store is damaged");
        assertThat(registry.manifests()).isEmpty();
    }

    @Test
    void aRefusalNamesTheTarget() {
        registry.failing("POST .*", 100, 403);

        assertThatThrownBy(() -> client().push(Push.of(target, root, images), StepMonitor.NONE))
                .hasMessage(target + ": access is denied; if it exists, log in with docker login " + registry.host()
                        + " (status 403)");
    }

    @Test
    void aTargetWithoutATagIsStoredByItsDigest() throws IOException {
        ImageReference digestOnly = ImageReference.parse(registry.host() + "/team/app@" + root.digest());

        client().push(Push.of(digestOnly, root, images), StepMonitor.NONE);

        assertThat(registry.manifests())
                .containsKey("team/app@" + root.digest())
                .doesNotContainKey("team/app@latest");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 405})
    void aBlobThatCannotBeTakenOverIsSent(int status) throws IOException {
        Descriptor base = images.image("linux/amd64").descriptor();
        registry.failing("POST .*mount=.*", 100, status);
        Map<Digest, ImageReference> origins = new HashMap<>();
        for (Descriptor layer : Image.read(base, images).manifest().layers()) {
            origins.put(layer.digest(), registry.reference("base:1"));
        }

        client().push(new Push(target, base, images, origins), StepMonitor.NONE);

        assertThat(ImageValidator.problems(base, client().blobs(target))).isEmpty();
    }

    /** An image whose layer takes three pieces. */
    private Descriptor large() {
        byte[] content = new byte[3 * ChunkedUpload.SIZE / 2];
        new Random(4).nextBytes(content);
        String text = HexFormat.of().formatHex(content).substring(0, 5 * ChunkedUpload.SIZE / 2);
        return images.imageOf("linux/amd64", List.of(images.layer("large", text, Compression.NONE)))
                .descriptor();
    }

    @Test
    void aBlobThatIsTooLargeForOneRequestIsSentInPieces() throws IOException {
        Descriptor large = large();
        registry.with(exchange -> {
            boolean tooLarge = exchange.getRequestMethod().equals("PUT")
                    && Long.parseLong(exchange.getRequestHeaders().getFirst("Content-Length")) > ChunkedUpload.SIZE;
            if (tooLarge) {
                exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
                TestRegistry.send(exchange, 413, new byte[0]);
            }
            return tooLarge;
        });

        client().push(Push.of(target, large, images), StepMonitor.NONE);

        assertThat(registry.log()).filteredOn(line -> line.startsWith("PATCH")).hasSize(3);
        assertThat(ImageValidator.problems(large, client().blobs(target))).isEmpty();
    }

    @Test
    void anUploadThatIsCutGoesOnWhereTheRegistryHasGot() throws IOException {
        Descriptor large = large();
        registry.with(cutting("PUT .*/uploads/.*", 1, 1000)).with(cutting("PATCH .*", 2, 5_000_000));

        client().push(Push.of(target, large, images), StepMonitor.NONE);

        // Two of them were cut after five million bytes, and only the rest of these was sent again.
        assertThat(registry.log()).filteredOn(line -> line.startsWith("PATCH")).hasSize(5);
        assertThat(registry.log())
                .filteredOn(line -> line.startsWith("GET .*/uploads/"))
                .hasSizeLessThan(3);
        assertThat(ImageValidator.problems(large, client().blobs(target))).isEmpty();
    }

    @Test
    void aRegistryThatTakesNoPiecesGetsTheBlobWhole() throws IOException {
        Descriptor large = large();
        registry.with(cutting("PUT .*/uploads/.*", 1, 1000)).failing("PATCH .*", 100, 405);

        client().push(Push.of(target, large, images), StepMonitor.NONE);

        assertThat(ImageValidator.problems(large, client().blobs(target))).isEmpty();
    }

    /** Breaks the connection of the first such requests after so many bytes, which are kept if they belong to an upload. */
    private TestRegistry.Fault cutting(String requests, int times, int after) {
        AtomicInteger left = new AtomicInteger(times);
        return exchange -> {
            boolean large = Long.parseLong(exchange.getRequestHeaders()
                            .getOrDefault("Content-Length", List.of("0"))
                            .get(0))
                    > after;
            if (!large || !TestRegistry.line(exchange).matches(requests) || left.getAndDecrement() <= 0) {
                return false;
            }
            byte[] part = exchange.getRequestBody().readNBytes(after);
            if (exchange.getRequestMethod().equals("PATCH")) {
                String id = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
                registry.uploads().get(id).write(part);
            }
            // An exchange that fails breaks its connection.
            throw new IOException("cut");
        };
    }

    @Test
    void whenARegistrySaysHowLongToWaitItIsLeftAloneThatLong() throws IOException {
        for (String retryAfter : List.of("3", "Fri, 31 Dec 9999 23:59:59 GMT")) {
            AtomicInteger left = new AtomicInteger(1);
            registry.with(exchange -> {
                if (!TestRegistry.line(exchange).startsWith("POST") || left.getAndDecrement() <= 0) {
                    return false;
                }
                exchange.getResponseHeaders().set("Retry-After", retryAfter);
                TestRegistry.send(exchange, 429, new byte[0]);
                return true;
            });
        }

        client().push(Push.of(target, root, images), StepMonitor.NONE);

        assertThat(ImageValidator.problems(root, client().blobs(target))).isEmpty();
    }
}
