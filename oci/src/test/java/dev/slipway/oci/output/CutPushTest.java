package dev.slipway.oci.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.image.ImageValidator;
import dev.slipway.oci.layout.OciLayout;
import dev.slipway.oci.registry.DistributionRegistry;
import dev.slipway.oci.registry.FaultyProxy;
import dev.slipway.oci.registry.FaultyProxy.Fault;
import dev.slipway.oci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The outputs of a build that pushes, through a network that is cut at each of its requests in turn. */
@Tag("end-to-end")
class CutPushTest {

    private static final ImageSet OLD = images("old");
    private static final ImageSet NEW = images("new");

    @TempDir
    private Path folder;

    private DistributionRegistry registry;
    private FaultyProxy proxy;

    private static ImageSet images(String content) {
        return new ImageSet(
                List.of(
                        MemoryImage.of("linux/amd64", Map.of("both", content, "a", content)),
                        MemoryImage.of("linux/arm64", Map.of("both", content, "b", content))),
                true);
    }

    @BeforeEach
    void start() throws Exception {
        registry = DistributionRegistry.start(folder);
        proxy = new FaultyProxy(registry);
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        registry.close();
    }

    /** Writes the images to a registry under two tags, and to a layout. */
    private Digest write(ImageSet images, String name, Path layout) throws InterruptedException {
        Output push = Output.registry(
                proxy.reference(name + ":1").toString(),
                proxy.reference(name + ":2").toString());
        List<Output> outputs = List.of(push, Output.ociLayout(layout));
        return Outputs.write(outputs, images, FaultyProxy::impatientClient, StepMonitor.NONE)
                .orElseThrow()
                .root()
                .digest();
    }

    private Digest digest(String name) throws IOException {
        return FaultyProxy.impatientClient().resolve(proxy.reference(name)).digest();
    }

    private void assertComplete(String name, Digest expected) throws IOException {
        for (String tag : List.of(":1", ":2")) {
            ImageReference image = proxy.reference(name + tag);
            RegistryClient client = FaultyProxy.impatientClient();
            Descriptor root = client.resolve(image);
            assertThat(root.digest()).isEqualTo(expected);
            assertThat(ImageValidator.problems(root, client.blobs(image))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CUT_BEFORE", "CUT_REQUEST", "CUT_AFTER", "CUT_ANSWER"})
    void aBuildWhosePushIsCutAtAnyRequestTouchesNothingElseAndCanBeRepeated(Fault fault) throws Exception {
        Path first = folder.resolve("first");
        proxy.heal();
        Digest old = write(OLD, "undisturbed", first);
        proxy.heal();
        Digest fresh = write(NEW, "undisturbed", first);
        int requests = proxy.log().size();
        assertThat(requests).isGreaterThan(10);

        for (int i = 0; i < requests; i++) {
            String name = fault.name().toLowerCase(Locale.ROOT) + i;
            Path layout = folder.resolve(name);
            proxy.heal();
            write(OLD, name, layout);
            proxy.spoil(fault, i, Integer.MAX_VALUE);

            assertThatThrownBy(() -> write(NEW, name, layout))
                    .as("%s from request %d on", fault, i)
                    .isInstanceOf(ExecutorException.class)
                    .hasMessageContaining(name);

            proxy.heal();
            assertThat(root(layout)).as("the layout").isEqualTo(old);
            // A tag may have moved when the answer to that was lost, but then to an image that is whole.
            assertThat(List.of(old, fresh)).contains(digest(name + ":1"), digest(name + ":2"));
            assertThat(write(NEW, name, layout)).isEqualTo(fresh);
            assertComplete(name, fresh);
            assertThat(root(layout)).isEqualTo(fresh);
        }
    }

    @Test
    void nothingIsSentThatIsThereAndAnUnchangedImageTakesOneRequestForEachName() throws Exception {
        proxy.heal();
        write(NEW, "app", folder.resolve("layout"));
        proxy.heal();

        write(NEW, "app", folder.resolve("layout"));

        assertThat(proxy.log())
                .hasSize(2)
                .allMatch(request -> request.startsWith("HEAD ") && request.contains("/manifests/"));
    }

    private static Digest root(Path layout) throws IOException {
        try (OciLayout open = OciLayout.open(layout)) {
            return open.index().manifests().get(0).digest();
        }
    }
}
