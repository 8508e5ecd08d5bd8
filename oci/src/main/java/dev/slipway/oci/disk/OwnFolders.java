package dev.slipway.oci.disk;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes folders whose permissions do not depend on the umask. */
public final class OwnFolders {

    /** Closed to others. */
    public static final String CLOSED = "rwx------";

    /** Others can reach only files whose names they know. */
    public static final String ENTERED = "rwx--x--x";

    private OwnFolders() {}

    /** Makes a folder that is closed to others, and those that lead to it, unless they are there. */
    public static void make(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.getParent() != null) {
            make(folder.getParent());
        }
        make(folder, CLOSED);
    }

    /** Makes a folder, unless it is there. */
    public static Path make(Path folder, String permissions) throws IOException {
        boolean isPosix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        Set<PosixFilePermission> wanted = PosixFilePermissions.fromString(permissions);
        FileAttribute<?>[] attributes = isPosix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(wanted)}
                : new FileAttribute<?>[0];
        try {
            Files.createDirectory(folder, attributes);
            if (isPosix) {
                Files.setPosixFilePermissions(folder, wanted); // The umask has removed some bits.
            }
        } catch (FileAlreadyExistsException e) {
            // Another process may have made it just now.
            if (!Files.isDirectory(folder)) {
                throw new IOException(e.getFile() + " is not a folder", e);
            }
        }
        return folder;
    }
}
