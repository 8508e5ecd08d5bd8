package dev.slipway.oci.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalInt;

/** Files of the user who runs this program, which may have modes that keep even their owner from reading them. */
public final class OwnFiles {

    private static final int READ = 0400;
    private static final int ALL = 0700;

    private OwnFiles() {}

    /** Opens a file for reading. Its mode is left as it is. */
    public static FileChannel open(Path file) throws IOException {
        try {
            return read(file);
        } catch (AccessDeniedException e) {
            try (Access access = Access.add(file, READ)) {
                return read(access.path());
            }
        }
    }

    private static FileChannel read(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes a folder accessible that has this status, until it is closed. */
    public static Access enter(Path folder, FileStatus status) throws IOException {
        boolean accessible = (status.mode() & ALL) == ALL || Files.isReadable(folder) && Files.isExecutable(folder);
        return accessible ? new Access(folder, OptionalInt.empty()) : Access.add(folder, ALL);
    }

    /**
     * A temporary permission, taken back in the end.
     *
     * @param path of the folder
     * @param mode its mode afterwards
     */
    public record Access(Path path, OptionalInt mode) implements Closeable {

        private static Access add(Path path, int rights) throws IOException {
            int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
            Files.setAttribute(path, "unix:mode", mode | rights);
            return new Access(path, OptionalInt.of(mode));
        }

        @Override
        public void close() throws IOException {
            if (mode.isPresent()) {
                Files.setAttribute(path, "unix:mode", mode.getAsInt());
            }
        }
    }
}
