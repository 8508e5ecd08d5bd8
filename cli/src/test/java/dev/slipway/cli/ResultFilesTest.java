package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cli.SlipwayProcess.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that say what came of a build. */
@Tag("end-to-end")
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
        assertThat(digest).hasContent(built.out().strip());
        assertThat(new ObjectMapper()
                        .readTree(metadata.toFile())
                        .get("containerimage.digest")
                        .asText())
                .isEqualTo(built.out().strip());
        assertThat(Files.readString(folder.resolve("layout/index.json"))).contains(Files.readString(digest));
    }

    @Test
    void whatIsNoFileOfItsOwnStays() throws Exception {
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
        Path file = folder.resolve("digest");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        Outcome built = build(link, folder.resolve("metadata.json"));
        assertThat(built.exitCode()).as(built.err()).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent(built.out().strip());
    }

    private Outcome build(Path digest, Path metadata) throws Exception {
        return SlipwayProcess.run(
                folder.resolve("home"),
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
