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
 * Sets owner, mode, extended attributes and time of new files. Values that a new file already has are not set again: most files
 * of most images need only a time.
 *
 * @param uid owner of new files
 * @param gid group of new files
 * @param umask the umask of new files
 * @param privileges what can be set at all
 * @param modes whether files have modes
 * @param systemCalls whether what Java lacks can be done
 */
public record FileAttributes(long uid, long gid, int umask, Privileges privileges, boolean modes, boolean systemCalls) {

    /** The attributes of new files here, as seen from this new folder. */
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

    /** The same, but without attributes that need other privileges. */
    public FileAttributes with(Privileges other) {
        Privileges possible = systemCalls ? other : Privileges.NONE;
        return new FileAttributes(uid, gid, umask, possible, modes, systemCalls);
    }

    /**
     * Sets the attributes of a regular file or a folder.
     *
     * @param created the mode it was created with, before the umask was applied
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

    /**
     * Sets the attributes of a device, a pipe or a socket, which must not be opened for that and cannot have user attributes.
     */
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

    /** As in BuildKit, attributes that the file system does not support are left out. */
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
                // A file can only have the other bits here.
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

    /** Sets the attributes of a symbolic link; the time is exact to the microsecond. */
    public void applyToLink(Path path, Attributes wanted) throws IOException {
        applyOwner(path, wanted);
        FileTime time = FileTime.from(wanted.modified());
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(time, time, null);
    }

    /** A user that does not exist in this user namespace cannot own files. */
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

    /** Attributes that overlayfs would take for its own. */
    private static boolean isOverlays(String xattr) {
        return xattr.startsWith("trusted.overlay.") || xattr.startsWith("user.overlay.");
    }
}
