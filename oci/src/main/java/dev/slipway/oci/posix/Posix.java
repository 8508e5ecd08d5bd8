package dev.slipway.oci.posix;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** System calls that Java lacks, most of them on files. No call follows a link at the end of a path. */
public interface Posix {

    /** Type bits of {@link #makeNode}. */
    int FIFO = 0010000;

    int CHARACTER_DEVICE = 0020000;
    int BLOCK_DEVICE = 0060000;
    int SOCKET = 0140000;

    /** The system calls of this machine. */
    static Posix get() {
        return JnaPosix.Loaded.INSTANCE;
    }

    /**
     * Makes a device, a pipe or a socket.
     *
     * @param mode type bits and permission bits; the umask still takes some of them away
     */
    void makeNode(Path path, int mode, long major, long minor) throws IOException;

    /** Makes a symbolic link. Its target need not be valid text, which Java does not support. */
    void makeLink(Path path, byte[] target) throws IOException;

    /** The names of all extended attributes; none if the file system does not support them. */
    List<String> xattrs(Path path) throws IOException;

    /** The value of an extended attribute. */
    Optional<byte[]> xattr(Path path, String name) throws IOException;

    /**
     * Sets an extended attribute.
     *
     * @throws NoXattrsException if the file system does not support it
     */
    void setXattr(Path path, String name, byte[] value) throws IOException;

    /** Removes an existing extended attribute. */
    void removeXattr(Path path, String name) throws IOException;

    /** Sends a signal to a process; if it has ended already, nothing happens. */
    void signal(long process, int signal);

    /** When a file was created; empty if the file system does not know. */
    Optional<Instant> born(Path path) throws IOException;

    /** Sets the time of the last change, and that of the last access to the same, to the nanosecond. */
    void setModified(Path path, Instant time) throws IOException;

    /**
     * Makes an executable file without a name that exists only in memory and cannot be changed. It is closed on exec.
     *
     * @param label its name in listings
     * @return its descriptor, which stays open
     */
    int makeMemoryFile(String label, byte[] content) throws IOException;
}
