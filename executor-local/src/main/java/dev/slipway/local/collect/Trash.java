package dev.slipway.local.collect;

import dev.slipway.local.store.folder.TempFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where things go that are to be deleted: out of sight at once, in one step each. */
final class Trash implements AutoCloseable {

    private final TempFolder temp;
    private final List<Path> taken = new ArrayList<>();
    private @Nullable IOException failure;

    Trash(TempFolder temp) {
        this.temp = temp;
    }

    /** Takes a file or folder away. A full disk may have no room even for the new name, so it is deleted in place then. */
    void take(Path path) {
        Path aside = temp.newPath();
        try {
            Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
            taken.add(aside);
        } catch (NoSuchFileException e) {
            // It is gone already.
        } catch (IOException e) {
            delete(path);
        }
    }

    /** What cannot be removed does not keep the rest. */
    private void delete(Path path) {
        try {
            temp.delete(path);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        }
    }

    @Override
    public void close() throws IOException {
        taken.forEach(this::delete);
        if (failure != null) {
            throw failure;
        }
    }
}
