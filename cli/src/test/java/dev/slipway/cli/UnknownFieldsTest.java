package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageSelector;
import dev.slipway.oci.layout.OciLayout;
import dev.slipway.progress.Progress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a base image's config says beyond what Docker knows is not taken over into the image built upon it, as in BuildKit: the
 * inline cache of a base, for one, is a cache of another image.
 */
@Tag("end-to-end")
class UnknownFieldsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void unknownFieldsOfABaseAreNotTakenOver() throws Exception {
        Path base = folder.resolve("base");
        try (Slipway slipway = Slipway.open(folder.resolve("home"))) {
            slipway.build(
                    request("FROM scratch\nCOPY Dockerfile /\nENV A=1\n").output(Output.ociLayout(base)),
                    Progress.none());
            addUnknownFields(base);
            for (String dockerfile : new String[] {
                "FROM base\nENV B=2\nCOPY Dockerfile /again\n", "FROM base AS one\nENV B=2\nFROM one\nLABEL c=3\n"
            }) {
                Path built = Files.createTempDirectory(folder, "built");
                slipway.build(
                        request(dockerfile)
                                .buildContext("base", "oci-layout://" + base)
                                .output(Output.ociLayout(built)),
                        Progress.none());
                JsonNode config = JSON.readTree(image(built).document().json().toArray());
                assertThat(config.has("future")).isFalse();
                assertThat(config.has("moby.buildkit.cache.v0")).isFalse();
                assertThat(config.at("/config").has("MacAddress")).isFalse();
                assertThat(config.get("author").asText()).isEqualTo("somebody");
                assertThat(config.at("/config/Env").toString()).contains("A=1", "B=2");
                assertThat(config.at("/rootfs/diff_ids")).isNotEmpty();
            }
        }
    }

    private BuildRequest request(String dockerfile) throws Exception {
        Path context = Files.createDirectories(folder.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        return BuildRequest.of(context).platforms("linux/amd64");
    }

    private static Image image(Path layout) throws Exception {
        OciLayout opened = OciLayout.open(layout);
        return new ImageSelector(opened).select(opened.index().manifests().get(0), Platform.parse("linux/amd64"));
    }

    /** Changes the only image of a layout: its config, the manifest that names it, and the index that names that. */
    private static void addUnknownFields(Path layout) throws Exception {
        Image image = image(layout);
        String config = new String(image.document().json().toArray(), StandardCharsets.UTF_8);
        String changed = config.replaceFirst(
                "\\{",
                "{\"future\":{\"deep\":[1,{\"<&>\":null}]},\"moby.buildkit.cache.v0\":[{\"layers\":[]}],\"author\":\"somebody\",");
        changed = changed.replaceFirst("\"config\":\\{", "\"config\":{\"MacAddress\":\"01:02\",");
        assertThat(changed).contains("MacAddress");
        Path index = layout.resolve("index.json");
        String manifestDigest =
                JSON.readTree(index.toFile()).at("/manifests/0/digest").asText();
        Path manifestFile = blob(layout, Digest.parse(manifestDigest));
        String manifest = Files.readString(manifestFile);
        String changedManifest =
                replaced(layout, manifest, JSON.readTree(manifest).get("config"), changed);
        Files.writeString(
                index,
                replaced(
                        layout,
                        Files.readString(index),
                        JSON.readTree(index.toFile()).at("/manifests/0"),
                        changedManifest));
    }

    /** A document that names other content than before. */
    private static String replaced(Path layout, String document, JsonNode descriptor, String content) throws Exception {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.sha256(bytes);
        Files.write(blob(layout, digest), bytes);
        return document.replace(descriptor.get("digest").asText(), digest.toString())
                .replaceAll("\"size\":\\s*" + descriptor.get("size").asText() + "\\b", "\"size\":" + bytes.length);
    }

    private static Path blob(Path layout, Digest digest) {
        return layout.resolve("blobs/sha256").resolve(digest.hex());
    }
}
