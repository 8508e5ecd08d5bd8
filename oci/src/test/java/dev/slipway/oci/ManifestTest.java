package dev.slipway.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {

    private static final Digest DIGEST = Digest.sha256("x");

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aManifestIsWrittenAsBuildKitDoes() throws InvalidImageException {
        Manifest manifest = new Manifest(
                MediaTypes.OCI_MANIFEST,
                "application/example",
                Descriptor.of(MediaTypes.OCI_CONFIG, DIGEST, 7),
                List.of(Descriptor.of(MediaTypes.OCI_LAYER_GZIP, DIGEST, 32)
                        .withAnnotations(Map.of("b", "<2>", "a", "1"))),
                Optional.of(Descriptor.of(MediaTypes.OCI_MANIFEST, DIGEST, 5)),
                new TreeMap<>(Map.of("k", "v")));

        assertThat(text(manifest.toJson())).isEqualTo("""
            {
              "schemaVersion": 2,
              "mediaType": "application/vnd.oci.image.manifest.v1+json",
              "artifactType": "application/example",
              "config": {
                "mediaType": "application/vnd.oci.image.config.v1+json",
                "digest": "%1$s",
                "size": 7
              },
              "layers": [
                {
                  "mediaType": "application/vnd.oci.image.layer.v1.tar+gzip",
                  "digest": "%1$s",
                  "size": 32,
                  "annotations": {
                    "a": "1",
                    "b": "\\u003c2\\u003e"
                  }
                }
              ],
              "subject": {
                "mediaType": "application/vnd.oci.image.manifest.v1+json",
                "digest": "%1$s",
                "size": 5
              },
              "annotations": {
                "k": "v"
              }
            }\
            """.formatted(DIGEST));
        assertThat(Manifest.parse(manifest.toJson())).isEqualTo(manifest);
    }

    @Test
    void anIndexIsWrittenAsBuildKitDoes() throws InvalidImageException {
        Platform platform = new Platform("windows", "arm64", "v8", "10.0.1", List.of("win32k"));
        Index index = Index.of(
                List.of(Descriptor.of(MediaTypes.OCI_MANIFEST, DIGEST, 5).withPlatform(platform)));

        assertThat(text(index.toJson())).isEqualTo("""
            {
              "schemaVersion": 2,
              "mediaType": "application/vnd.oci.image.index.v1+json",
              "manifests": [
                {
                  "mediaType": "application/vnd.oci.image.manifest.v1+json",
                  "digest": "%s",
                  "size": 5,
                  "platform": {
                    "architecture": "arm64",
                    "os": "windows",
                    "os.version": "10.0.1",
                    "os.features": [
                      "win32k"
                    ],
                    "variant": "v8"
                  }
                }
              ]
            }\
            """.formatted(DIGEST));
        assertThat(Index.parse(index.toJson())).isEqualTo(index);
        assertThat(text(index.toCompactJson())).doesNotContain(" ", "\n");
        assertThat(Index.parse(index.toCompactJson())).isEqualTo(index);
    }

    @Test
    void aManifestWithoutAMediaTypeIsOcis() throws InvalidImageException {
        Manifest manifest = Manifest.parse(utf8("""
            {"schemaVersion":2,"unknown":[1],"config":{"mediaType":"c","digest":"%s","size":1,"data":"eA=="}}\
            """.formatted(DIGEST)));

        assertThat(manifest.mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(manifest.layers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|image manifest of schema version 0; only version 2 is supported, push the image again with a newer"
                        + " tool",
                "{\"schemaVersion\":1,\"fsLayers\":[]}|the image manifest is of Docker's schema 1,"
                        + " which is not supported; push the image again with a newer tool",
                "{\"schemaVersion\":2}|the document is not an image manifest",
                "{\"schemaVersion\":2,\"config\":{},\"manifests\":[]}|the document is not an image manifest",
                "{\"schemaVersion\":2,\"config\":{}}|invalid image manifest: \"config.digest\" is missing",
                "{\"schemaVersion\":2,\"config\":{\"digest\":\"sha256:00\"}}|invalid digest: sha256:00",
                "{\"schemaVersion\":2,\"config\":{\"digest\":\"md5:00\"}}|unsupported digest algorithm: md5",
                "{\"schemaVersion\":2,\"config\":{\"digest\":\"x\",\"size\":-1}}|the size of x is negative",
                "{\"schemaVersion\":2,\"config\":{\"digest\":\"x\",\"size\":\"1\"}}|invalid image manifest:"
                        + " \"config.size\" must be an integer",
                "[]|invalid image manifest: the document is not a JSON object"
            })
    void whatIsNoManifestIsRefused(String json, String message) {
        assertThatThrownBy(() -> Manifest.parse(utf8(json)))
                .isInstanceOf(InvalidImageException.class)
                .hasMessage(message);
    }

    @Test
    void aManifestIsNoIndex() {
        Manifest manifest =
                Manifest.of(MediaTypes.OCI_MANIFEST, Descriptor.of(MediaTypes.OCI_CONFIG, DIGEST, 7), List.of());
        assertThatThrownBy(() -> Index.parse(manifest.toJson())).hasMessage("the document is not an image index");
    }

    @Test
    void aDocumentThatIsTooLargeIsNotRead() {
        Descriptor huge = Descriptor.of(MediaTypes.OCI_MANIFEST, DIGEST, BlobSource.MAX_DOCUMENT_SIZE + 1);
        BlobSource never = descriptor -> {
            throw new AssertionError("opened");
        };
        assertThatThrownBy(() -> never.read(huge))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageEndingWith("has 8388609 bytes; at most 8388608 are allowed");
    }
}
