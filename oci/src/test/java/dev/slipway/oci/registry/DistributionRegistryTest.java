package dev.slipway.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.CredentialSource;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Compression;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.Processes;
import dev.slipway.oci.image.ImageLayer;
import dev.slipway.oci.image.ImageValidator;
import dev.slipway.oci.image.TestImages;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against a real registry: the program of the distribution's package docker-registry. */
@Tag("end-to-end")
class DistributionRegistryTest {

    private static final RegistryClient CLIENT =
            new RegistryClient(RegistrySettings.anonymous(), new Backoff(Duration.ofMillis(10)));

    @TempDir
    Path temp;

    private final TestImages images = new TestImages();
    private DistributionRegistry registry;

    @BeforeEach
    void start() throws Exception {
        registry = DistributionRegistry.start(temp);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private ImageReference reference(String name) {
        return registry.reference(name);
    }

    @Test
    void anImageGoesInAndComesOut() throws Exception {
        Descriptor root = images.index("linux/amd64", "linux/arm64");
        ImageReference target = reference("team/app:1");

        CLIENT.push(Push.of(target, root, images), StepMonitor.NONE);

        assertThat(CLIENT.resolve(target)).isEqualTo(root);
        assertThat(CLIENT.resolve(target.withDigest(root.digest()))).isEqualTo(root);
        assertThat(ImageValidator.problems(root, CLIENT.blobs(target))).isEmpty();
        List<String> raw =
                Processes.lines(List.of("skopeo", "inspect", "--tls-verify=false", "--raw", "docker://" + target));
        assertThat(Digest.sha256(String.join("\n", raw))).isEqualTo(root.digest());
    }

    @Test
    void layersAreMountedFromAnotherRepository() throws Exception {
        MountedImage.pushTwice(CLIENT, registry::reference, images);
    }

    @Test
    void aLargeBlobIsReadFromTheMiddle() throws Exception {
        StringBuilder content = new StringBuilder();
        Random random = new Random(3);
        for (int i = 0; i < 500_000; i++) {
            content.append(Long.toString(random.nextLong(), 36));
        }
        ImageLayer layer = images.layer("big", content.toString(), Compression.NONE);
        Descriptor root = images.imageOf("linux/amd64", List.of(layer)).descriptor();
        ImageReference target = reference("big:1");
        CLIENT.push(Push.of(target, root, images), StepMonitor.NONE);

        RegistryHost host = RegistryHost.of(registry.host(), RegistrySettings.anonymous());
        HttpSender sender = new HttpSender();
        Connection connection =
                new Connection(host, "big", sender, new Authorizer(CredentialSource.NONE), Backoff.SECONDS);
        try (InputStream rest = new BlobEndpoint(connection).open(layer.descriptor(), 4_000_000, "big")) {
            assertThat(rest.readAllBytes()).hasSize((int) layer.descriptor().size() - 4_000_000);
        }
        assertThat(ImageValidator.problems(root, CLIENT.blobs(target))).isEmpty();
    }
}
