package dev.slipway.cli;

import dev.slipway.BuildException;
import dev.slipway.BuildResult;
import dev.slipway.executor.Output;
import dev.slipway.executor.text.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The files in which a build leaves word of its result. */
final class ResultFiles {

    @Option(
            names = "--iidfile",
            paramLabel = "FILE",
            description = "Write the image's id, the digest of its config, to a file; for several platforms, the"
                    + " index's digest.")
    private Optional<String> digestFile = Optional.empty();

    @Option(names = "--metadata-file", paramLabel = "FILE", description = "Write details of the result as JSON.")
    private Optional<String> metadataFile = Optional.empty();

    /** As in docker, an empty name is none. */
    private static Optional<Path> named(Optional<String> file) {
        return file.filter(name -> !name.isEmpty()).map(Path::of);
    }

    /** Refuses to wait for a digest that there will not be. */
    void check(List<Output> outputs) {
        if (named(metadataFile).isPresent()) {
            ProvenanceMetadata.check();
        }
        if (named(digestFile).isPresent() && outputs.stream().noneMatch(OutputOption::isImage)) {
            throw new UsageException("--iidfile " + digestFile.get()
                    + ": no output of this build is an image; add --push, --load, or --output type=oci,dest=FILE");
        }
    }

    /** Removes what an earlier build left, so that a build that fails leaves nothing that could be taken for its own. */
    void clear() {
        for (Optional<Path> file : List.of(named(digestFile), named(metadataFile))) {
            try {
                // What is no file of its own, such as /dev/stdout, is written to, and must stay.
                if (file.isPresent() && Files.isRegularFile(file.get(), LinkOption.NOFOLLOW_LINKS)) {
                    Files.delete(file.get());
                }
            } catch (IOException e) {
                throw unwritable(file.get(), e);
            }
        }
    }

    /** @param outputs what was written */
    void write(BuildResult result, List<Output> outputs) {
        if (named(digestFile).isPresent()) {
            write(named(digestFile).get(), result.imageId().toString());
        }
        if (named(metadataFile).isPresent()) {
            write(named(metadataFile).get(), BuildMetadata.of(result, outputs).toString());
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
        return new BuildException("cannot write " + file + ": " + reason(file, failure), List.of(), failure);
    }

    private static String reason(Path file, IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no folder " + file.toAbsolutePath().getParent();
        }
        if (failure instanceof AccessDeniedException) {
            return "this user may not";
        }
        if (failure instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return Reason.of(failure);
    }
}
