package dev.slipway.oci.layout;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.json.JsonWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The {@code manifest.json} of an archive for {@code docker load}. */
final class DockerManifest {

    private DockerManifest() {}

    static byte[] of(LayoutImage image, Function<ImageReference, String> name) throws IOException {
        if (!MediaTypes.isManifest(image.root().mediaType())) {
            throw new InvalidImageException(
                    "an archive for docker load holds an image of one platform; ask for one platform, or for type=oci");
        }
        Manifest manifest = Manifest.parse(image.blobs().read(image.root()).toArray());
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("Config", name(manifest.config()));
        members.put("RepoTags", list(image.names(), name));
        members.put("Layers", list(manifest.layers(), DockerManifest::name));
        return JsonWriter.go().value(List.of(members)).toBytes();
    }

    /** An empty list is null in BuildKit's archives. */
    private static <T> @Nullable List<String> list(List<T> items, Function<T, String> text) {
        return items.isEmpty() ? null : items.stream().map(text).toList();
    }

    private static String name(Descriptor blob) {
        return OciLayout.blobName(blob.digest());
    }
}
