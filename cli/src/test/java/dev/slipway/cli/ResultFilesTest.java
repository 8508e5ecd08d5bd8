package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cli.SlipwayProcess.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
        assertThat(json.at("/containerimage.descriptor/digest").asText()).isEqualTo(manifest);
        assertThat(json.at("/containerimage.descriptor/platform/os").asText()).isEqualTo("linux");
        assertThat(json.get("image.name").asText()).isEqualTo("docker.io/library/app:1,docker.io/library/app:2");
        assertThat(json.get("buildx.build.ref").asText()).matches("slipway/local/\\S+");
        JsonNode own = json.get("slipway.images").elements().next();
        assertThat(own.get("containerimage.digest").asText()).isEqualTo(manifest);
        assertThat(own.get("containerimage.config.digest").asText()).isEqualTo(Files.readString(digest));
        assertThat(Files.readString(folder.resolve("layout/index.json"))).contains(manifest);
        Path blobs = folder.resolve("layout/blobs/sha256");
        assertThat(Files.readString(blobs.resolve(manifest.substring("sha256:".length()))))
                .contains("\"" + Files.readString(digest) + "\"");
    }

    @Test
    void ofSeveralPlatformsTheyHoldTheDigestOfTheIndexAndThatOfEach() throws Exception {
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
        Path digest = folder.resolve("digest");
        Path metadata = folder.resolve("metadata.json");
        Outcome built = build(digest, metadata, "--platform", "linux/amd64,linux/arm64");
        assertThat(built.exitCode()).as(built.err()).isZero();
        JsonNode json = new ObjectMapper().readTree(metadata.toFile());
        assertThat(digest).hasContent(built.out().strip());
        assertThat(json.get("containerimage.digest").asText())
                .isEqualTo(built.out().strip());
        assertThat(json.has("containerimage.config.digest")).isFalse();
        assertThat(json.at("/containerimage.descriptor/mediaType").asText())
                .isEqualTo("application/vnd.oci.image.index.v1+json");
        for (String platform : List.of("linux/amd64", "linux/arm64")) {
            String manifest = json.get("slipway.images")
                    .get(platform)
                    .get("containerimage.digest")
                    .asText();
            assertThat(folder.resolve("layout/blobs/sha256").resolve(manifest.substring("sha256:".length())))
                    .exists();
        }
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

    @Test
    void provenanceThatIsMadeIsThereInTheOlderVersionWithoutItsSteps() throws Exception {
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
        Path metadata = folder.resolve("metadata.json");
        build(folder.resolve("digest"), metadata, "--provenance=mode=max");
        JsonNode provenance = new ObjectMapper().readTree(metadata.toFile()).get("buildx.build.provenance");
        assertThat(provenance.get("buildType").asText()).isEqualTo("https://mobyproject.org/buildkit@v1");
        assertThat(provenance.at("/invocation/parameters/frontend").asText()).isEqualTo("dockerfile.v0");
        assertThat(provenance.has("buildConfig")).isFalse();
        build(folder.resolve("digest"), metadata, "--provenance=true", "--platform", "linux/amd64,linux/arm64");
        JsonNode several = new ObjectMapper().readTree(metadata.toFile());
        assertThat(several.has("buildx.build.provenance/linux/amd64")).isTrue();
        assertThat(several.has("buildx.build.provenance/linux/arm64")).isTrue();
        build(folder.resolve("digest"), metadata);
        assertThat(metadata).content().doesNotContain("provenance");
    }

    private Outcome build(Path digest, Path metadata, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "build",
                "--iidfile",
                digest.toString(),
                "--metadata-file",
                metadata.toString(),
                "-t",
                "app:1",
                "-t",
                "app:2",
                "--output",
                "type=oci,tar=false,dest=" + folder.resolve("layout"),
                folder.toString()));
        Collections.addAll(arguments, more);
        return InProcess.run(arguments.toArray(String[]::new));
    }
}
