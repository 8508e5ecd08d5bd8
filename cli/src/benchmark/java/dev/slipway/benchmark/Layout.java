package dev.slipway.benchmark;

import dev.slipway.oci.Index;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an OCI layout holds. */
final class Layout {

    private Layout() {}

    /** The digest of its only image. */
    static String digest(Path layout) throws IOException {
        Index index = Index.parse(Files.readAllBytes(layout.resolve("index.json")));
        return index.manifests().get(0).digest().toString();
    }
}
