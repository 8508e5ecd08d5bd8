package dev.slipway.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.image.ImageValidator;
import dev.slipway.oci.image.TestImages;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** An image that is pushed to two repositories of a registry, the second time without its layers being at hand. */
final class MountedImage {

    private MountedImage() {}

    static void pushTwice(RegistryClient client, Function<String, ImageReference> references, TestImages images)
            throws IOException {
        Descriptor base = images.image("linux/amd64").descriptor();
        ImageReference from = references.apply("base:1");
        ImageReference target = references.apply("team/app:1");
        client.push(Push.of(from, base, images), StepMonitor.NONE);
        Map<Digest, ImageReference> origins = new HashMap<>();
        Image.read(base, images).manifest().layers().forEach(layer -> origins.put(layer.digest(), from));

        Push push = new Push(
                target,
                base,
                blob -> {
                    if (MediaTypes.isLayer(blob.mediaType())) {
                        throw new IOException("layers need not be sent");
                    }
                    return images.open(blob);
                },
                origins);
        client.push(push, StepMonitor.NONE);

        assertThat(ImageValidator.problems(base, client.blobs(target))).isEmpty();
    }
}
