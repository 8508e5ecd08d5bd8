package dev.slipway.context.load;

import dev.slipway.caller.RefusedException;
import dev.slipway.oci.disk.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Folders that last no longer than a build. */
final class TemporaryFolders implements AutoCloseable {

    private final Optional<Path> parent;
    private final List<Path> folders = new ArrayList<>();

    /** @param parent where they are; without it, the system's place for them */
    TemporaryFolders(Optional<Path> parent) {
        this.parent = parent;
    }

    /** A new folder with nothing in it. */
    Path create() {
        try {
            Path folder = parent.isPresent()
                    ? Files.createTempDirectory(parent.get(), "slipway-context")
                    : Files.createTempDirectory("slipway-context");
            folders.add(folder);
            return folder;
        } catch (IOException e) {
            throw new RefusedException(
                    "cannot make a temporary folder for the context: " + e.getMessage(), List.of(), e);
        }
    }

    @Override
    public void close() {
        for (Path folder : folders) {
            try {
                Folders.delete(folder);
            } catch (IOException e) {
                throw new RefusedException("cannot delete " + folder + ": " + e.getMessage(), List.of(), e);
            }
        }
    }
}
