package dev.slipway.context.load;

import dev.slipway.caller.RefusedException;
import dev.slipway.frontend.context.IgnoreFile;
import dev.slipway.frontend.context.IgnoreFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds what is left out of a folder. */
final class IgnoreFiles {

    private static final String NAME = ".dockerignore";

    private IgnoreFiles() {}

    /** A file beside the Dockerfile that is named after it wins, even an empty one, over the one in the context. */
    static List<String> forContext(Path context, Optional<Path> dockerfile) {
        Optional<byte[]> own =
                dockerfile.flatMap(file -> LocalFiles.readRegular(file.resolveSibling(file.getFileName() + NAME)));
        return parse(own.or(() -> LocalFiles.readRegular(context.resolve(NAME))));
    }

    static List<String> forNamedContext(Path directory) {
        return parse(LocalFiles.readRegular(directory.resolve(NAME)));
    }

    private static List<String> parse(Optional<byte[]> content) {
        try {
            return content.map(IgnoreFile::parse).orElse(List.of());
        } catch (IgnoreFileException e) {
            throw new RefusedException("failed parsing " + NAME + ": " + e.getMessage(), List.of(), e);
        }
    }
}
