package dev.slipway.local.sandbox;

import static java.util.Objects.requireNonNull;

import dev.slipway.oci.disk.FileStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of a root as they are before the step, all layers merged. Paths are absolute and clean ({@code /etc/passwd}, no
 * {@code .}, {@code ..} or double slash), and none of their folders is a link: who asks follows links itself.
 */
public interface RootFiles {

    /** A root without files. */
    RootFiles EMPTY = path -> Optional.empty();

    /** What is at this path, or empty if there is nothing. {@code /} itself is not asked for. */
    Optional<Entry> find(String path);

    /**
     * The content of a regular file that {@link #find} has found.
     *
     * @throws dev.slipway.executor.ExecutorException if it cannot be read
     */
    default byte[] read(String path) {
        throw new IllegalArgumentException("no such file: " + path);
    }

    /**
     * Whose a file of a copy of this root is, though the copy cannot tell.
     *
     * @param file where it is on this machine; a link is not followed
     * @param status what it is like now
     * @return empty if it is none of the root, or the copy tells it
     */
    default Optional<FileOwners.Owner> owner(Path file, FileStatus status) throws IOException {
        return Optional.empty();
    }

    /** What an entry is. */
    enum Kind {
        FILE,
        FOLDER,
        LINK,
        OTHER
    }

    /**
     * One entry.
     *
     * @param kind what it is
     * @param size bytes of a regular file, else 0
     * @param target where a link points to, as it is written there; else empty
     */
    record Entry(Kind kind, long size, String target) {

        public Entry {
            requireNonNull(kind, "kind is null");
            requireNonNull(target, "target is null");
        }
    }
}
