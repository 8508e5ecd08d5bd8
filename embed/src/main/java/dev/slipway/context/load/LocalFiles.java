package dev.slipway.context.load;

import dev.slipway.caller.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads small files of this machine. */
final class LocalFiles {

    private LocalFiles() {}

    /**
     * A whole file, or nothing if there is none. A file of a context that is a pipe or a device could be read without end, and is
     * refused.
     */
    static Optional<byte[]> readRegular(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            throw new RefusedException(file + " is not a regular file");
        }
        return read(file);
    }

    /** A whole file, or nothing if there is none. */
    static Optional<byte[]> read(Path file) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (Files.isDirectory(file)) {
                throw new RefusedException(
                        file + " is a folder; name a file in it, such as " + file.resolve("Dockerfile"), List.of(), e);
            }
            throw new RefusedException("cannot read " + file + ": " + e.getMessage(), List.of(), e);
        }
    }
}
