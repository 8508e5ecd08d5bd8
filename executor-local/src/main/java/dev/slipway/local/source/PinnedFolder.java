package dev.slipway.local.source;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Set;

/**
 * Opens what is below a folder of a client without ever following a link. A path that was no link when it was looked at may be
 * one when it is opened; where the system can do so, each part of it is therefore opened in the folder that was opened before it.
 * For one thread.
 */
final class PinnedFolder implements AutoCloseable {

    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final Path top;
    private final Deque<Level> levels = new ArrayDeque<>();

    @SuppressWarnings("StreamResourceLeak") // It is closed with its level.
    private PinnedFolder(Path top) throws IOException {
        this.top = top;
        levels.addLast(new Level(top, Files.newDirectoryStream(top)));
    }

    /**
     * An open folder.
     *
     * @param path where it was found
     * @param stream what it holds
     */
    private record Level(Path path, DirectoryStream<Path> stream) {}

    /**
     * Pins a folder.
     *
     * @param top an absolute path, which may lead through links
     */
    static PinnedFolder open(Path top) throws IOException {
        return new PinnedFolder(top);
    }

    /**
     * Opens a regular file for reading. Files that are opened one after the other in the order of a walk share the work for the
     * folders that they are in.
     *
     * @param file its path, which begins with that of the folder
     * @throws IOException if it is no longer there, or something on its way has become a link
     */
    SeekableByteChannel read(Path file) throws IOException {
        try {
            Level parent = enter(requireNonNull(file.getParent()));
            return parent.stream instanceof SecureDirectoryStream<Path> secure
                    ? secure.newByteChannel(file.getFileName(), READ)
                    : Files.newByteChannel(file, options(file));
        } catch (IOException e) {
            throw e instanceof NoSuchFileException || isLink(e) ? replaced(file, e) : e;
        }
    }

    /** In a file system that knows no links, such as that of a zip file, nothing can be asked of them. */
    private static Set<OpenOption> options(Path file) {
        return file.getFileSystem().provider().getScheme().equals("jar") ? Set.of(StandardOpenOption.READ) : READ;
    }

    /** What a folder below this one holds; the caller closes it. */
    @SuppressWarnings("StreamResourceLeak") // The caller closes it.
    static DirectoryStream<Path> list(DirectoryStream<Path> parent, Path folder) throws IOException {
        if (!(parent instanceof SecureDirectoryStream<Path> secure)) {
            return Files.newDirectoryStream(folder);
        }
        try {
            return secure.newDirectoryStream(folder.getFileName(), LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw isLink(e) ? replaced(folder, e) : e;
        }
    }

    /** The JDK has no exception of its own for ELOOP, only a text. */
    private static boolean isLink(IOException failure) {
        return failure instanceof NotDirectoryException
                || String.valueOf(failure.getMessage()).contains("symbolic link");
    }

    /** What is said of a file that is no longer what it was a moment ago. */
    static IOException replaced(Path path, IOException cause) {
        return new IOException(path + " was replaced while it was read; build again", cause);
    }

    private Level enter(Path folder) throws IOException {
        while (!folder.startsWith(levels.getLast().path)) {
            levels.removeLast().stream.close();
        }
        Path missing = levels.getLast().path.relativize(folder);
        if (missing.toString().isEmpty()) {
            return levels.getLast();
        }
        for (Iterator<Path> names = missing.iterator(); names.hasNext(); ) {
            Level parent = levels.getLast();
            Path child = parent.path.resolve(names.next());
            levels.addLast(new Level(child, list(parent.stream, child)));
        }
        return levels.getLast();
    }

    @Override
    public void close() throws IOException {
        while (!levels.isEmpty()) {
            levels.removeLast().stream.close();
        }
    }

    @Override
    public String toString() {
        return top.toString();
    }
}
