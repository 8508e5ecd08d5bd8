package dev.slipway.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.BuildException;
import dev.slipway.BuildResult;
import dev.slipway.llb.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The files in which a build leaves word of its result. */
final class ResultFiles {

    /** BuildKit's name for it. */
    private static final String DIGEST = "containerimage.digest";

    @Option(
            names = "--iidfile",
            paramLabel = "FILE",
            description = "Write the digest of the image, or of the index of several, to a file.")
    private Optional<Path> digestFile = Optional.empty();

    @Option(names = "--metadata-file", paramLabel = "FILE", description = "Write what is known of the result as JSON.")
    private Optional<Path> metadataFile = Optional.empty();

    /** Removes what an earlier build left, so that a build that fails leaves nothing that could be taken for its own. */
    void clear() {
        for (Optional<Path> file : List.of(digestFile, metadataFile)) {
            try {
                if (file.isPresent()) {
                    Files.deleteIfExists(file.get());
                }
            } catch (IOException e) {
                throw unwritable(file.get(), e);
            }
        }
    }

    void write(BuildResult result) {
        if (digestFile.isPresent()) {
            Digest digest = result.digest()
                    .orElseThrow(() -> new BuildException("--iidfile " + digestFile.get()
                            + ": no output of this build is an image; add --output type=oci,dest=FILE"));
            write(digestFile.get(), digest.toString());
        }
        if (metadataFile.isPresent()) {
            ObjectNode metadata = new ObjectMapper().createObjectNode();
            result.digest().ifPresent(digest -> metadata.put(DIGEST, digest.toString()));
            write(metadataFile.get(), metadata.toPrettyString());
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static BuildException unwritable(Path file, IOException failure) {
        return new BuildException("cannot write " + file + ": " + failure.getMessage(), List.of(), failure);
    }
}
