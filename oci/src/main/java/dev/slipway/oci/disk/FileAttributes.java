package dev.slipway.oci.disk;

import dev.slipway.llb.Bytes;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.posix.IdMap;
import dev.slipway.oci.posix.NoXattrsException;
import dev.slipway.oci.posix.Posix;
import dev.slipway.oci.posix.SystemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Gives new files their owner, mode, extended attributes and time. What a new file has anyway is not set again: most files
 * of most images need nothing but a time.
 *
 * @param uid owner of new files
 * @param gid group of new files
 * @param umask what a new file's mode lacks
 * @param privileges what can be set at all
 * @param modes whether files have modes
 * @param systemCalls whether what Java lacks can be done
 */
public record FileAttributes(long uid, long gid, int umask, Privileges privileges, boolean modes, boolean systemCalls) {

    /** What new files are like here, as this new folder shows. */
    public static FileAttributes ofNewFilesIn(Path folder) throws IOException {
        boolean systemCalls = SystemFiles.areKnownToKernel(folder);
        if (!SystemFiles.haveUnixAttributes(folder)) {
            return new FileAttributes(0, 0, 0, Privileges.NONE, false, systemCalls);
        }
        UnixAttributes actual = UnixAttributes.of(folder, "uid,gid,mode");
        int mode = actual.number("mode");
        return new FileAttributes(
                Integer.toUnsignedLong(actual.number("uid")),
                Integer.toUnsignedLong(actual.number("gid")),
                0777 & ~mode,
                systemCalls ? Privileges.ALL : Privileges.NONE,
                true,
                systemCalls);
    }

    /** The same, but what takes other privileges is left as it is. */
    public FileAttributes with(Privileges other) {
        Privileges possible = systemCalls ? other : Privileges.NONE;
        return new FileAttributes(uid, gid, umask, possible, modes, systemCalls);
    }

    /**
     * Sets what a regular file or a folder should have.
     *
     * @param created the mode it was created with, before the umask took its part
     */
    public void apply(Path path, Attributes wanted, int created) throws IOException {
        // The time comes first: it can only be set as long as the file may be read.
        Instant time = wanted.modified();
        if (systemCalls && time.getEpochSecond() < 0 && time.getNano() > 0) {
            // Java would set it to 1970.
            Posix.get().setModified(path, time);
        } else {
            Files.setLastModifiedTime(path, FileTime.from(time));
        }
        applyOwner(path, wanted);
        applyModeAndXattrs(path, wanted, created);
    }

    /** Sets what a device, a pipe or a socket should have. None of them may be opened for that, or can have attributes of users. */
    public void applyToSpecial(Path path, Attributes wanted, int created) throws IOException {
        applyOwner(path, wanted);
        SortedMap<String, Bytes> xattrs = new TreeMap<>(wanted.xattrs());
        xattrs.keySet().removeIf(FileAttributes::isUsers);
        applyModeAndXattrs(path, wanted.withXattrs(xattrs), created);
        Posix.get().setModified(path, wanted.modified());
    }

    private void applyModeAndXattrs(Path path, Attributes wanted, int created) throws IOException {
        // The mode comes last: it may take away the right to write.
        for (Map.Entry<String, Bytes> xattr : wanted.xattrs().entrySet()) {
            String name = xattr.getKey();
            if (systemCalls && !isOverlays(name) && privileges.allow(name)) {
                setXattr(path, name, xattr.getValue());
            }
        }
        if (modes && wanted.mode() != (created & ~umask)) {
            setMode(path, wanted.mode());
        }
    }

    /** What the file system cannot keep is left out, as BuildKit does. */
    private static void setXattr(Path path, String name, Bytes value) throws IOException {
        try {
            Posix.get().setXattr(path, name, value.toArray());
        } catch (NoXattrsException e) {
            // The index knows it.
        }
    }

    /** Sets a mode. Bits beyond those for reading, writing and executing are more than every system's files have. */
    public static void setMode(Path path, int mode) throws IOException {
        if ((mode & ~0777) != 0) {
            try {
                Files.setAttribute(path, "unix:mode", mode);
                return;
            } catch (IllegalArgumentException | UnsupportedOperationException e) {
                // Then the other bits are all that a file can have here.
            }
        }
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            if ((mode & 0400 >> permission.ordinal()) != 0) {
                permissions.add(permission);
            }
        }
        Files.setPosixFilePermissions(path, permissions);
    }

    /** Sets what a symbolic link should have; the time is exact to the microsecond. */
    public void applyToLink(Path path, Attributes wanted) throws IOException {
        applyOwner(path, wanted);
        FileTime time = FileTime.from(wanted.modified());
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(time, time, null);
    }

    /** Who does not exist in this user namespace can own nothing. */
    private void applyOwner(Path path, Attributes wanted) throws IOException {
        IdMap ids = IdMap.current();
        if (privileges.owners() && wanted.uid() != uid && ids.hasUser((int) wanted.uid())) {
            Files.setAttribute(path, "unix:uid", (int) wanted.uid(), LinkOption.NOFOLLOW_LINKS);
        }
        if (privileges.owners() && wanted.gid() != gid && ids.hasGroup((int) wanted.gid())) {
            Files.setAttribute(path, "unix:gid", (int) wanted.gid(), LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** Whether whoever owns a file may set this attribute of it. */
    static boolean isUsers(String xattr) {
        return xattr.startsWith("user.");
    }

    /** What overlayfs would take for its own marks. */
    private static boolean isOverlays(String xattr) {
        return xattr.startsWith("trusted.overlay.") || xattr.startsWith("user.overlay.");
    }
}
