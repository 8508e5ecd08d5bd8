package dev.slipway.local.store;

import dev.slipway.llb.Bytes;
import dev.slipway.local.launch.IdMap;
import dev.slipway.local.layer.Attributes;
import dev.slipway.local.posix.Posix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/**
 * Gives new files their owner, mode, extended attributes and time. What a new file has anyway is not set again: most files
 * of most images need nothing but a time.
 *
 * @param uid owner of new files
 * @param gid group of new files
 * @param umask what a new file's mode lacks
 * @param privileges what can be set at all
 */
public record FileAttributes(long uid, long gid, int umask, Privileges privileges) {

    /** What new files are like here, as this new folder shows. */
    public static FileAttributes ofNewFilesIn(Path folder) throws IOException {
        Map<String, Object> actual = Files.readAttributes(folder, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) actual.get("mode");
        return new FileAttributes(
                Integer.toUnsignedLong((Integer) actual.get("uid")),
                Integer.toUnsignedLong((Integer) actual.get("gid")),
                0777 & ~mode,
                Privileges.ALL);
    }

    /** The same, but what takes other privileges is left as it is. */
    public FileAttributes with(Privileges other) {
        return new FileAttributes(uid, gid, umask, other);
    }

    /**
     * Sets what a regular file or a folder should have.
     *
     * @param created the mode it was created with, before the umask took its part
     */
    public void apply(Path path, Attributes wanted, int created) throws IOException {
        // The time comes first: it can only be set as long as the file may be read.
        Instant time = wanted.modified();
        if (time.getEpochSecond() < 0 && time.getNano() > 0) {
            // Java would set it to 1970.
            Posix.get().setModified(path, time);
        } else {
            Files.setLastModifiedTime(path, FileTime.from(time));
        }
        applyOwner(path, wanted);
        applyModeAndXattrs(path, wanted, created);
    }

    /** Sets what a device, a pipe or a socket should have. None of them may be opened for that. */
    void applyToSpecial(Path path, Attributes wanted, int created) throws IOException {
        applyOwner(path, wanted);
        applyModeAndXattrs(path, wanted, created);
        Posix.get().setModified(path, wanted.modified());
    }

    private void applyModeAndXattrs(Path path, Attributes wanted, int created) throws IOException {
        // The mode comes last: it may take away the right to write.
        for (Map.Entry<String, Bytes> xattr : wanted.xattrs().entrySet()) {
            String name = xattr.getKey();
            if (!isOverlays(name) && privileges.allow(name)) {
                Posix.get().setXattr(path, name, xattr.getValue().toArray());
            }
        }
        if (wanted.mode() != (created & ~umask)) {
            Files.setAttribute(path, "unix:mode", wanted.mode());
        }
    }

    /** Sets what a symbolic link should have; the time is exact to the microsecond. */
    void applyToLink(Path path, Attributes wanted) throws IOException {
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
