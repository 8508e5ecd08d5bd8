package dev.slipway.local.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedKeysTest {

    private static final String COMMIT = "1".repeat(40);
    private static final String TAG = "2".repeat(40);

    private static String ofRepository(String identifier, Map<String, String> attributes, String reference) {
        Vertex vertex =
                Vertex.of(SourceOp.of(identifier, attributes), List.of(), Optional.empty(), VertexMetadata.EMPTY);
        return SharedKeys.ofRepository(GitAddress.of(vertex), new RepositorySource.Commit(reference, TAG, COMMIT));
    }

    @Test
    void anImageIsKnownByItsManifestAndByItsLayers() {
        Digest root = Digest.parse("sha256:0df66f4b733f23ada1a6fa81b0586cf7bb8abd9f4f79de64b17fe87cb9acc55d");
        Digest one = Digest.sha256("one");
        Digest two = Digest.sha256("two");

        assertThat(SharedKeys.ofImage(root, Platform.of("linux", "amd64", ""), List.of(one, two)))
                .containsExactly(
                        Digest.sha256("{\"Digest\":\"" + root + "\",\"OS\":\"linux\",\"Arch\":\"amd64\"}")
                                .toString(),
                        Digest.sha256(one + " " + two).toString());
        assertThat(SharedKeys.ofImage(root, Platform.of("linux", "arm64", "v8"), List.of(one)))
                .containsExactly(
                        Digest.sha256("{\"Digest\":\"" + root + "\",\"OS\":\"linux\",\"Arch\":\"arm64\"}")
                                .toString(),
                        one.toString());
    }

    @Test
    void anImageWithoutLayersIsKnownByItsManifestAlone() {
        assertThat(SharedKeys.ofImage(Digest.sha256(""), Platform.of("linux", "arm", "v7"), List.of()))
                .hasSize(1);
    }

    @Test
    void aRepositoryIsKnownByTheCommitAndWhatIsTakenOfIt() {
        assertThat(ofRepository("git://host/path.git#v1", Map.of(), "refs/tags/v1"))
                .isEqualTo(COMMIT);
        assertThat(ofRepository(
                        "git://host/path.git#v1:sub/dir",
                        Map.of("git.keepgitdir", "true", "git.skipsubmodules", "true"),
                        "refs/tags/v1"))
                .isEqualTo(TAG + ".git#refs/tags/v1:sub/dir(skip-submodules)");
        assertThat(ofRepository("git://host/path.git", Map.of("git.keepgitdir", "true"), COMMIT))
                .isEqualTo(COMMIT + ".git#" + COMMIT);
    }

    @Test
    void aDownloadIsKnownByItsBytesAndWhatIsMadeOfThem() {
        Digest content = Digest.sha256("content");
        SourceOp op = SourceOp.of("https://host/file", Map.of("http.header.user-agent", "one"));

        assertThat(SharedKeys.ofDownload(
                        op, "file", 0644, 1, 2, content, Optional.of(Instant.ofEpochSecond(1_000_000_000))))
                .isEqualTo(Digest.sha256(
                                "{\"Filename\":\"file\",\"Perm\":420,\"UID\":1,\"GID\":2,\"Checksum\":\"" + content
                                        + "\",\"LastModTime\":\"Sun, 09 Sep 2001 01:46:40 GMT\","
                                        + "\"Header\":[{\"Name\":\"User-Agent\",\"Value\":\"one\"}]}")
                        .toString());
        assertThat(SharedKeys.ofDownload(
                        SourceOp.of("https://host/file", Map.of()), "file", 0, 0, 0, content, Optional.empty()))
                .isEqualTo(Digest.sha256("{\"Filename\":\"file\",\"Perm\":0,\"UID\":0,\"GID\":0,\"Checksum\":\""
                                + content + "\"}")
                        .toString());
    }
}
