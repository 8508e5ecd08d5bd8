package dev.slipway.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.ImageTree;
import dev.slipway.oci.image.ImageValidator;
import dev.slipway.oci.image.TestImages;
import dev.slipway.oci.registry.FaultyProxy.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pulls and pushes through a network that spoils each request in turn, from and to a real registry. */
@Tag("end-to-end")
class FaultyNetworkTest {

    @TempDir
    private Path temp;

    private final TestImages images = new TestImages();
    private final Descriptor root = images.image("linux/amd64").descriptor();
    private DistributionRegistry registry;
    private FaultyProxy proxy;

    @BeforeEach
    void start() throws Exception {
        registry = DistributionRegistry.start(temp);
        proxy = new FaultyProxy(registry);
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        registry.close();
    }

    private static RegistryClient client() {
        return FaultyProxy.impatientClient();
    }

    private void push(ImageReference target) throws IOException {
        client().push(Push.of(target, root, images), StepMonitor.NONE);
    }

    /** Reads all of an image. */
    private void pull(ImageReference image) throws IOException {
        RegistryClient client = client();
        Descriptor found = client.resolve(image);
        for (Descriptor blob : ImageTree.of(found, client.blobs(image))) {
            client.blobs(image).read(blob);
        }
    }

    private void assertComplete(ImageReference image) throws IOException {
        proxy.heal();
        assertThat(client().resolve(image).digest()).isEqualTo(root.digest());
        assertThat(ImageValidator.problems(root, client().blobs(image))).isEmpty();
    }

    private int requestsOfAPush() throws IOException {
        proxy.heal();
        push(proxy.reference("undisturbed:1"));
        return proxy.log().size();
    }

    private int requestsOfAPull(ImageReference image) throws IOException {
        proxy.heal();
        pull(image);
        return proxy.log().size();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CORRUPT"})
    void aPullSurvivesWhateverHappensToOneRequest(Fault fault) throws IOException {
        ImageReference image = proxy.reference("app:1");
        push(image);
        int requests = requestsOfAPull(image);
        for (int i = 0; i < requests; i++) {
            proxy.spoil(fault, i, 1);
            assertThatCode(() -> pull(image)).as("%s of request %d", fault, i).doesNotThrowAnyException();
            assertThat(proxy.log()).as("%s of request %d", fault, i).hasSizeGreaterThan(i);
        }
    }

    @Test
    void aPullNoticesWhateverIsOtherThanItWas() throws IOException {
        ImageReference image = proxy.reference("app:1");
        push(image);
        int requests = requestsOfAPull(image);
        // The first one has no content, only a head.
        for (int i = 1; i < requests; i++) {
            proxy.spoil(Fault.CORRUPT, i, 1);
            assertThatThrownBy(() -> pull(image))
                    .as("request %d", i)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(image.name())
                    .hasMessageContaining("sha256:");
        }
        assertComplete(image);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aPushSurvivesWhateverHappensToOneRequest(Fault fault) throws IOException {
        int requests = requestsOfAPush();
        for (int i = 0; i < requests; i++) {
            ImageReference target = proxy.reference(fault.name().toLowerCase(Locale.ROOT) + i + ":1");
            proxy.spoil(fault, i, 1);
            assertThatCode(() -> push(target)).as("%s of request %d", fault, i).doesNotThrowAnyException();
            assertComplete(target);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CUT_BEFORE", "CUT_REQUEST", "CUT_AFTER", "CUT_ANSWER"})
    void aPushThatIsCutAtAnyRequestCanBeRepeated(Fault fault) throws IOException {
        int requests = requestsOfAPush();
        for (int i = 0; i < requests; i++) {
            ImageReference target = proxy.reference(fault.name().toLowerCase(Locale.ROOT) + i + ":1");
            proxy.spoil(fault, i, Integer.MAX_VALUE);
            assertThatThrownBy(() -> push(target))
                    .as("%s from request %d on", fault, i)
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining(target.toString());
            proxy.heal();
            // What was stored when the tag was to be put may be there, but nothing less.
            assertThat(List.of(root.digest(), "nothing"))
                    .contains(isThere(target) ? client().resolve(target).digest() : "nothing");

            push(target);

            assertComplete(target);
        }
    }

    private static boolean isThere(ImageReference target) throws IOException {
        try {
            client().resolve(target);
            return true;
        } catch (RegistryException e) {
            assertThat(e.isNotFound()).isTrue();
            return false;
        }
    }
}
