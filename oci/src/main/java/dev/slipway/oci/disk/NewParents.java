package dev.slipway.oci.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** The folders that lead to a new file. Missing ones are made, and removed again if they stay empty. */
public final class NewParents implements Closeable {

    private final Deque<Path> made = new ArrayDeque<>();

    private NewParents() {}

    /**
     * Makes the folders that lead to a file.
     *
     * @param file an absolute path
     * @throws IOException if they cannot be made; none is left then
     */
    public static NewParents of(Path file) throws IOException {
        NewParents parents = new NewParents();
        Deque<Path> missing = new ArrayDeque<>();
        for (Path folder = file.getParent(); folder != null && !Files.exists(folder); folder = folder.getParent()) {
            missing.push(folder);
        }
        try {
            for (Path folder : missing) {
                parents.make(folder);
            }
            return parents;
        } catch (IOException e) {
            parents.close();
            throw e;
        }
    }

    private void make(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
            made.push(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            // Another process was quicker, so the folder is not ours.
        }
    }

    @Override
    public void close() throws IOException {
        try {
            while (!made.isEmpty()) {
                Files.deleteIfExists(made.pop());
            }
        } catch (DirectoryNotEmptyException e) {
            made.clear();
        }
    }
}
