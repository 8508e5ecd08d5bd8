package dev.slipway.benchmark;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.Index;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** What an OCI layout holds. */
final class Layout {

    private Layout() {}

    /** The digest of its only image. */
    static String digest(Path layout) throws IOException {
        return root(layout).digest().toString();
    }

    private static Descriptor root(Path layout) throws IOException {
        return Index.parse(Files.readAllBytes(layout.resolve("index.json")))
                .manifests()
                .get(0);
    }

    /** Makes a layout with the same images, each under the name of its platform. */
    static void byPlatform(Path layout, Path target) throws IOException {
        Path blobs = layout.resolve("blobs/sha256");
        Path copies = Files.createDirectories(target.resolve("blobs/sha256"));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(blobs)) {
            for (Path file : files) {
                Files.copy(file, copies.resolve(file.getFileName()));
            }
        }
        Files.copy(layout.resolve("oci-layout"), target.resolve("oci-layout"));
        Index images = Index.parse(Files.readAllBytes(blobs.resolve(root(layout).digest().hex())));
        String entries = images.manifests().stream()
                .map(image -> """
                        {"mediaType": "%s", "digest": "%s", "size": %d,
                         "annotations": {"org.opencontainers.image.ref.name": "%s"}}"""
                        .formatted(image.mediaType(), image.digest(), image.size(), name(image)))
                .collect(Collectors.joining(", "));
        Files.writeString(target.resolve("index.json"), "{\"schemaVersion\": 2, \"manifests\": [" + entries + "]}");
    }

    private static String name(Descriptor image) {
        return name(image.platform().orElseThrow().format());
    }

    /** The name of a platform's image. */
    static String name(String platform) {
        return platform.replace('/', '-');
    }
}
