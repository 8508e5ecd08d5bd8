package dev.slipway.executor.testkit;

import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** An image to build upon: an OCI layout with one layer, which is not compressed, written by hand. */
final class BaseImage {

    /** The name by which the tests offer the layout. */
    static final String LAYOUT = "base";

    /** The time of its files, in seconds since 1970: later than all that steps write. */
    static final long TIME = 1_500_000_000;

    /** Two names of one file. */
    static final String FIRST_NAME = "kept/first";

    static final String SECOND_NAME = "kept/second";
    static final String CONTENT = "one content";

    private static final byte[] LAYER = new TarBytes()
            .file(FIRST_NAME, CONTENT, TIME)
            .hardLink(SECOND_NAME, FIRST_NAME, TIME)
            .bytes();

    /** The digest of its only layer, of the blob and of what is in it. */
    static final Digest LAYER_DIGEST = Digest.sha256(LAYER);

    private BaseImage() {}

    /** Its files. */
    static Edge source() {
        return Llb.source("oci-layout://docker.io/library/base:latest", Map.of("oci.store", LAYOUT));
    }

    /** Its config. */
    static Bytes config() {
        Platform host = Platform.host();
        return Bytes.utf8("{\"architecture\":\"" + host.architecture() + "\",\"os\":\"" + host.os()
                + "\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + LAYER_DIGEST + "\"]}}");
    }

    /** Writes the layout. */
    static void write(Path folder) throws IOException {
        String layer = blob(folder, "layer.v1.tar", LAYER);
        String config = blob(folder, "config.v1+json", config().toArray());
        String manifest =
                "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":" + config
                        + "},\"layers\":[" + layer + "}]}";
        String described = blob(folder, "manifest.v1+json", manifest.getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                folder.resolve("index.json"),
                "{\"schemaVersion\":2,\"manifests\":[" + described
                        + ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"latest\"}}]}");
        Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    }

    /** Writes a blob, and begins its descriptor. */
    private static String blob(Path folder, String type, byte[] bytes) throws IOException {
        Digest digest = Digest.sha256(bytes);
        Path blobs = Files.createDirectories(folder.resolve("blobs/sha256"));
        Files.write(blobs.resolve(digest.hex()), bytes);
        return "{\"mediaType\":\"application/vnd.oci.image." + type + "\",\"digest\":\"" + digest + "\",\"size\":"
                + bytes.length;
    }
}
