package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cli.SlipwayProcess.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that say what came of a build. */
class ResultFilesTest {

    @TempDir
    private Path folder;

    @Test
    void theyHoldTheDigestOrAreNotThere() throws Exception {
        Path digest = Files.writeString(folder.resolve("digest"), "of an earlier build");
        Path metadata = folder.resolve("metadata.json");
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nCOPY missing /\n");
        Outcome failed = build(digest, metadata);
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(digest).doesNotExist();

        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
        Outcome built = build(digest, metadata);
        assertThat(built.exitCode()).as(built.err()).isZero();
        String manifest = built.out().strip();
        JsonNode json = new ObjectMapper().readTree(metadata.toFile());
        assertThat(json.get("containerimage.digest").asText()).isEqualTo(manifest);
        assertThat(digest).hasContent(json.get("containerimage.config.digest").asText());
        assertThat(Files.readString(folder.resolve("layout/index.json"))).contains(manifest);
        Path blobs = folder.resolve("layout/blobs/sha256");
        assertThat(Files.readString(blobs.resolve(manifest.substring("sha256:".length()))))
                .contains("\"" + Files.readString(digest) + "\"");
    }

    @Test
    void whatIsNoFileOfItsOwnStays() throws Exception {
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
        Path file = folder.resolve("digest");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        Outcome built = build(link, folder.resolve("metadata.json"));
        assertThat(built.exitCode()).as(built.err()).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(file).content().startsWith("sha256:");
    }

    private Outcome build(Path digest, Path metadata) throws Exception {
        return InProcess.run(
                "build",
                "--iidfile",
                digest.toString(),
                "--metadata-file",
                metadata.toString(),
                "--output",
                "type=oci,tar=false,dest=" + folder.resolve("layout"),
                folder.toString());
    }
}
