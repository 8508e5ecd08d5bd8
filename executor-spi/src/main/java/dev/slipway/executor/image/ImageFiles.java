package dev.slipway.executor.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;

/**
 * The files of an image. An instance is for one thread; each thread opens its own. Sockets appear as empty regular files, as BuildKit
 * exports them.
 */
public interface ImageFiles extends AutoCloseable {

    /** The root folder, whose path is empty. */
    FileEntry root();

    /**
     * All files except the root: each folder before its content, and the names in each folder in natural order. If a file has
     * several names, the first is a regular file and the others are hard links to it.
     */
    Iterator<FileEntry> walk();

    /**
     * Finds a file.
     *
     * @param path a path, absolute or relative to the root; links are followed inside the image
     * @return the file under its own path, or empty if there is no such file
     */
    Optional<FileEntry> find(String path) throws InterruptedException;

    /**
     * Opens the content of a regular file. Read it before you open the next one.
     *
     * @param file a file that {@link #walk} or {@link #find} returned
     * @throws IOException if it cannot be read
     */
    InputStream open(FileEntry file) throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
