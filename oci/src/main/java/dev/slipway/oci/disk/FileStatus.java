package dev.slipway.oci.disk;

import dev.slipway.llb.Bytes;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.posix.SystemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;

/**
 * The status of a file, from one system call that does not follow links.
 *
 * @param mode type and permission bits
 * @param uid number of the owner
 * @param gid number of the group
 * @param size in bytes
 * @param modified when the content was changed
 * @param changed when anything was changed, which cannot be set
 * @param device the file system it is on
 * @param inode its number there
 * @param linkCount how many names it has
 * @param special the number of the device, if it is one
 */
public record FileStatus(
        int mode,
        long uid,
        long gid,
        long size,
        Instant modified,
        Instant changed,
        long device,
        long inode,
        int linkCount,
        long special) {

    private static final String WANTED = "mode,uid,gid,size,lastModifiedTime,ctime,dev,ino,nlink,rdev";
    /** How far apart two changes must be to have different times on any file system. */
    private static final long CLOCK_SECONDS = 2;

    private static final int TYPE = 0170000;
    private static final int FOLDER = 0040000;
    private static final int CHARACTER_DEVICE = 0020000;
    private static final int BLOCK_DEVICE = 0060000;
    private static final int FILE = 0100000;
    private static final int FIFO = 0010000;
    private static final int LINK = 0120000;

    /** The status of a file. Where files have no owners, every file is root's; where they have no permissions, all may execute it. */
    public static FileStatus of(Path path) throws IOException {
        if (!SystemFiles.haveUnixAttributes(path)) {
            return ofOtherSystem(path);
        }
        UnixAttributes found = UnixAttributes.of(path, WANTED);
        int mode = found.number("mode");
        if ((mode & TYPE) == 0) {
            // Not every provider puts the type there.
            mode |= type(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        }
        return new FileStatus(
                mode,
                Integer.toUnsignedLong(found.number("uid")),
                Integer.toUnsignedLong(found.number("gid")),
                found.longNumber("size"),
                found.time("lastModifiedTime"),
                found.time("ctime"),
                found.longNumber("dev"),
                found.longNumber("ino"),
                found.number("nlink"),
                found.longNumber("rdev"));
    }

    private static FileStatus ofOtherSystem(Path path) throws IOException {
        BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Instant modified = found.lastModifiedTime().toInstant();
        Instant created = found.creationTime().toInstant();
        return new FileStatus(type(found) | permissions(path), 0, 0, found.size(), modified, created, 0, 0, 1, 0);
    }

    private static int permissions(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return 0755;
        }
        int mode = 0;
        for (PosixFilePermission permission : Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)) {
            // They are declared in the order of their bits, the highest first.
            mode |= 0400 >>> permission.ordinal();
        }
        return mode;
    }

    private static int type(BasicFileAttributes found) {
        return found.isDirectory() ? FOLDER : found.isSymbolicLink() ? LINK : FILE;
    }

    public boolean isFolder() {
        return (mode & TYPE) == FOLDER;
    }

    public boolean isFile() {
        return (mode & TYPE) == FILE;
    }

    public boolean isLink() {
        return (mode & TYPE) == LINK;
    }

    /** Whether it is a whiteout of overlayfs. */
    public boolean isWhiteout() {
        return (mode & TYPE) == CHARACTER_DEVICE && special == 0;
    }

    /**
     * Whether a change after this moment would change the status. It would not if it came so soon after the last one that the
     * clock of the file system could not tell them apart.
     */
    public boolean isSettled(Instant moment) {
        Instant newest = moment.minusSeconds(CLOCK_SECONDS);
        return modified.isBefore(newest) && changed.isBefore(newest);
    }

    /** The same for all names of one file, and for no other file. */
    public Object identity() {
        return Map.entry(device, inode);
    }

    /** The attributes that are part of a layer. */
    public Attributes attributes(SortedMap<String, Bytes> xattrs) {
        return new Attributes(mode & 07777, uid, gid, modified, xattrs);
    }

    /** Whether it is a character device, such as a terminal. */
    public boolean isCharacterDevice() {
        return (mode & TYPE) == CHARACTER_DEVICE;
    }

    /** Whether it is a block device, such as a disk. */
    public boolean isBlockDevice() {
        return (mode & TYPE) == BLOCK_DEVICE;
    }

    /** Whether it is a device. */
    public boolean isDevice() {
        return isCharacterDevice() || isBlockDevice();
    }

    /** Whether it is a named pipe. */
    public boolean isPipe() {
        return (mode & TYPE) == FIFO;
    }

    /** The major number of a device, taken apart as glibc does; else 0. */
    public long major() {
        return isDevice() ? (special >>> 8 & 0xFFF) | (special >>> 32 & 0xFFFFF000L) : 0;
    }

    /** The minor number of a device; else 0. */
    public long minor() {
        return isDevice() ? (special & 0xFF) | (special >>> 12 & 0xFFFFFF00L) : 0;
    }
}
