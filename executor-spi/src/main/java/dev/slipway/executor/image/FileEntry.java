package dev.slipway.executor.image;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Bytes;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One entry of a layer, or one file of an image, without its content.
 *
 * @param path the path relative to the root, without {@code .}, {@code ..}, empty parts, or a slash at either end; empty for the
 *     root. For a whiteout, the removed path; for an opaque mark, the directory
 * @param type its kind
 * @param mode the permission bits, including set-user-id, set-group-id and sticky; at most 07777
 * @param uid the owner's id, unsigned 32 bits
 * @param gid the group's id, unsigned 32 bits
 * @param size the size of a file in bytes, else 0
 * @param modified the modification time, with nanoseconds if known
 * @param linkTarget for a symbolic link, its target as written; for a hard link, the path of the other name in the form of
 *     {@code path}; else empty
 * @param deviceMajor of a device, else 0
 * @param deviceMinor of a device, else 0
 * @param xattrs the extended attributes by full name, such as {@code security.capability}
 */
public record FileEntry(
        String path,
        EntryType type,
        int mode,
        long uid,
        long gid,
        long size,
        Instant modified,
        String linkTarget,
        long deviceMajor,
        long deviceMinor,
        SortedMap<String, Bytes> xattrs) {

    public FileEntry {
        requireNonNull(path, "path is null");
        requireNonNull(type, "type is null");
        requireNonNull(modified, "modified is null");
        requireNonNull(linkTarget, "linkTarget is null");
        if ((mode & ~07777) != 0) {
            throw new IllegalArgumentException("mode with other than permission bits: " + Integer.toOctalString(mode));
        }
        if (size < 0 || (size > 0 && type != EntryType.FILE)) {
            throw new IllegalArgumentException("size " + size + " of a " + type);
        }
        xattrs = Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(xattrs, "xattrs is null")));
    }

    /** A regular file owned by root, modified at time 0. */
    public static FileEntry file(String path, int mode, long size) {
        return new FileEntry(path, EntryType.FILE, mode, 0, 0, size, Instant.EPOCH, "", 0, 0, new TreeMap<>());
    }

    /** A directory owned by root, modified at time 0. */
    public static FileEntry directory(String path, int mode) {
        return of(path, EntryType.DIRECTORY, mode, "");
    }

    /** A symbolic link owned by root, modified at time 0. */
    public static FileEntry symlink(String path, String target) {
        return of(path, EntryType.SYMLINK, 0777, target);
    }

    /** Another name of a file. The file takes this entry's mode, owner and time: mode 0, root, time 0. */
    public static FileEntry hardLink(String path, String target) {
        return of(path, EntryType.HARD_LINK, 0, target);
    }

    /** A whiteout: a path of a lower layer is removed. */
    public static FileEntry whiteout(String path) {
        return of(path, EntryType.WHITEOUT, 0, "");
    }

    /** An opaque mark: a directory hides its content in lower layers. */
    public static FileEntry opaque(String path) {
        return of(path, EntryType.OPAQUE, 0, "");
    }

    /** A named pipe owned by root, modified at time 0. */
    public static FileEntry fifo(String path, int mode) {
        return of(path, EntryType.FIFO, mode, "");
    }

    /** A device owned by root, modified at time 0. */
    public static FileEntry device(String path, EntryType type, int mode, long major, long minor) {
        return new FileEntry(path, type, mode, 0, 0, 0, Instant.EPOCH, "", major, minor, new TreeMap<>());
    }

    private static FileEntry of(String path, EntryType type, int mode, String linkTarget) {
        return new FileEntry(path, type, mode, 0, 0, 0, Instant.EPOCH, linkTarget, 0, 0, new TreeMap<>());
    }

    /** This entry under another path. */
    public FileEntry withPath(String other) {
        return new FileEntry(other, type, mode, uid, gid, size, modified, linkTarget, deviceMajor, deviceMinor, xattrs);
    }

    /** This link with another target. */
    public FileEntry withLinkTarget(String other) {
        return new FileEntry(path, type, mode, uid, gid, size, modified, other, deviceMajor, deviceMinor, xattrs);
    }

    /** This entry with another owner. */
    public FileEntry withOwner(long otherUid, long otherGid) {
        return new FileEntry(
                path, type, mode, otherUid, otherGid, size, modified, linkTarget, deviceMajor, deviceMinor, xattrs);
    }

    /** This entry with another mode. */
    public FileEntry withMode(int other) {
        return new FileEntry(path, type, other, uid, gid, size, modified, linkTarget, deviceMajor, deviceMinor, xattrs);
    }

    /** This entry with another time. */
    public FileEntry withModified(Instant other) {
        return new FileEntry(path, type, mode, uid, gid, size, other, linkTarget, deviceMajor, deviceMinor, xattrs);
    }

    /** This entry with these extended attributes instead of its own. */
    public FileEntry withXattrs(Map<String, Bytes> others) {
        return new FileEntry(
                path,
                type,
                mode,
                uid,
                gid,
                size,
                modified,
                linkTarget,
                deviceMajor,
                deviceMinor,
                new TreeMap<>(others));
    }
}
