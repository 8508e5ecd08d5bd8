package dev.slipway.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Bytes;
import dev.slipway.oci.DocumentBlobs;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.image.TestImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests that say something about another one. */
class ReferrersTest {

    private static final String SIGNATURE = "application/vnd.example.signature";

    @TempDir
    private Path temp;

    private final TestImages images = new TestImages();
    private final Descriptor root = images.image("linux/amd64").descriptor();

    /** Pushes something about the image. */
    private Descriptor say(RegistryClient client, ImageReference image, String text) throws IOException {
        byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
        Manifest manifest = new Manifest(
                MediaTypes.OCI_MANIFEST,
                SIGNATURE,
                Descriptor.of("application/vnd.oci.empty.v1+json", empty),
                List.of(),
                Optional.of(root),
                new TreeMap<>(Map.of("text", text)));
        Bytes document = Bytes.of(manifest.toJson());
        Descriptor descriptor = Descriptor.of(manifest.mediaType(), document.toArray());
        ImageReference target =
                new ImageReference(image.domain(), image.path(), Optional.empty(), Optional.of(descriptor.digest()));
        client.push(
                Push.of(target, descriptor, new DocumentBlobs(List.of(document, Bytes.of(empty)))), StepMonitor.NONE);
        return descriptor.withAnnotations(manifest.annotations());
    }

    @Test
    @Tag("end-to-end")
    void aRegistryThatKeepsNoListHasThemUnderATag() throws Exception {
        try (DistributionRegistry registry = DistributionRegistry.start(temp)) {
            RegistryClient client = new RegistryClient(RegistrySettings.anonymous());
            ImageReference image = registry.reference("app:1").withDigest(root.digest());
            client.push(Push.of(image, root, images), StepMonitor.NONE);
            assertThat(client.referrers(image)).isEmpty();

            Descriptor one = say(client, image, "one");
            Descriptor two = say(client, image, "two");
            say(client, image, "one");

            assertThat(client.referrers(image))
                    .containsExactly(new Referrer(one, SIGNATURE), new Referrer(two, SIGNATURE));
        }
    }

    @Test
    void aRegistryThatKeepsAListIsAskedForAllOfIt() throws IOException {
        try (TestRegistry registry = new TestRegistry()) {
            String entry = "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":7,\"artifactType\":\"%s\"}"
                    .formatted(MediaTypes.OCI_MANIFEST, root.digest(), SIGNATURE);
            byte[] list = ("{\"schemaVersion\":2,\"manifests\":[" + entry + "]}").getBytes(StandardCharsets.UTF_8);
            String path = "/v2/app/referrers/" + root.digest();
            registry.with(exchange -> {
                exchange.getResponseHeaders().set("Content-Type", MediaTypes.OCI_INDEX);
                if (exchange.getRequestURI().getQuery() == null) {
                    exchange.getResponseHeaders().set("Link", "<" + path + "?last=1>; rel=\"next\"");
                }
                TestRegistry.send(exchange, 200, list);
                return true;
            });
            ImageReference image = registry.reference("app").withDigest(root.digest());

            assertThat(new RegistryClient(RegistrySettings.anonymous()).referrers(image))
                    .extracting(Referrer::artifactType)
                    .containsExactly(SIGNATURE, SIGNATURE);
            assertThat(registry.log()).containsExactly("GET " + path, "GET " + path + "?last=1");
        }
    }

    @Test
    void aRegistryThatTakesNoteItselfNeedsNoTag() throws IOException {
        try (TestRegistry registry = new TestRegistry()) {
            registry.with(exchange -> {
                exchange.getResponseHeaders().set("OCI-Subject", root.digest().toString());
                return false;
            });
            RegistryClient client = new RegistryClient(RegistrySettings.anonymous());
            say(client, registry.reference("app"), "one");

            assertThat(registry.log()).noneMatch(line -> line.contains("/manifests/sha256-"));
        }
    }

    @Test
    void aTagWithoutADigestIsNoSubject() {
        assertThatThrownBy(() -> new RegistryClient(RegistrySettings.anonymous())
                        .referrers(ImageReference.parse("example.com/app:1")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
