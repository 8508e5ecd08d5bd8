package dev.slipway.executor.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;

/**
 * The files of an image. An instance belongs to one thread; each thread opens its own. Sockets are among them as empty regular
 * files, as BuildKit exports them.
 */
public interface ImageFiles extends AutoCloseable {

    /** The root folder itself, whose path is empty. */
    FileEntry root();

    /**
     * All files without the root itself: a folder before what is in it, and the names of each folder in their natural order.
     * Of a file with several names, the first is a regular file and the others are hard links to it.
     */
    Iterator<FileEntry> walk();

    /**
     * Finds a file.
     *
     * @param path absolute or relative to the root; links are followed inside the image
     * @return the file under its own path, or empty if there is none
     */
    Optional<FileEntry> find(String path) throws InterruptedException;

    /**
     * Opens the content of a regular file, which is to be read before the next one is opened.
     *
     * @param file as {@link #walk} or {@link #find} gave it
     * @throws IOException if it cannot be read
     */
    InputStream open(FileEntry file) throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
