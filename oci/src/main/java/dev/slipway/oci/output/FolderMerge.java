package dev.slipway.oci.output;

import dev.slipway.executor.event.StepMonitor;
import dev.slipway.oci.disk.FileAttributes;
import dev.slipway.oci.disk.FileStatus;
import dev.slipway.oci.disk.Folders;
import dev.slipway.oci.posix.Posix;
import dev.slipway.oci.posix.SystemFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;

/**
 * Moves what was written aside into a folder that exists. A folder that is in both gets the mode, the owner and the time of the
 * new one; anything else is replaced by a new file of the same name.
 */
final class FolderMerge {

    private static final int PERMISSIONS = 07777;
    private static final int OWNERS_ALL = 0700;

    private final StepMonitor monitor;

    FolderMerge(StepMonitor monitor) {
        this.monitor = monitor;
    }

    /** Moves everything that is in one folder into the other, which itself stays as it is. */
    void run(Path from, Path to) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(from)) {
            for (Path child : children) {
                Path target = to.resolve(child.getFileName());
                if (isFolder(child) && isFolder(target)) {
                    mergeFolder(child, target, FileStatus.of(child));
                } else {
                    move(child, target);
                }
            }
        }
    }

    private void move(Path from, Path to) throws IOException {
        Folders.delete(to);
        try {
            if (isFolder(from)) {
                moveFolder(from, to);
            } else {
                Files.move(from, to);
            }
        } catch (AccessDeniedException e) {
            // The temporary name would mean nothing to the user.
            throw new AccessDeniedException(to.toString());
        }
    }

    private void moveFolder(Path from, Path to) throws IOException {
        FileStatus wanted = FileStatus.of(from);
        boolean closed = SystemFiles.haveUnixAttributes(from) && (wanted.mode() & OWNERS_ALL) != OWNERS_ALL;
        if (closed) {
            // In another place its ".." is another, which only somebody who may write to the folder can change.
            setMode(from, wanted.mode() | OWNERS_ALL);
        }
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            // A file system is mounted somewhere below the destination: a folder with something in it cannot be moved
            // there.
            Files.createDirectory(to);
            mergeFolder(from, to, wanted);
            return;
        }
        if (closed) {
            setMode(to, wanted.mode());
        }
    }

    private void mergeFolder(Path from, Path to, FileStatus wanted) throws IOException {
        if (!SystemFiles.haveUnixAttributes(to)) {
            run(from, to);
            Files.setLastModifiedTime(to, FileTime.from(wanted.modified()));
            return;
        }
        // A user who is not root cannot move anything out of a read-only folder, or into one.
        setMode(from, wanted.mode() | OWNERS_ALL);
        boolean allowed = take(to, wanted);
        run(from, to);
        if (allowed) {
            copyXattrs(from, to);
            Files.setLastModifiedTime(to, FileTime.from(wanted.modified()));
            setMode(to, wanted.mode());
        }
    }

    /** Gives a folder the owner of the new one and makes it writable; false if it belongs to another user. */
    private boolean take(Path folder, FileStatus wanted) throws IOException {
        FileStatus status = FileStatus.of(folder);
        try {
            if (status.uid() != wanted.uid()) {
                Files.setAttribute(folder, "unix:uid", (int) wanted.uid(), LinkOption.NOFOLLOW_LINKS);
            }
            if (status.gid() != wanted.gid()) {
                Files.setAttribute(folder, "unix:gid", (int) wanted.gid(), LinkOption.NOFOLLOW_LINKS);
            }
            setMode(folder, wanted.mode() | OWNERS_ALL);
            return true;
        } catch (FileSystemException e) {
            monitor.warn(folder + " belongs to another user and keeps its owner, its mode and its time;"
                    + " remove it, or write into another folder");
            return false;
        }
    }

    private static void setMode(Path folder, int mode) throws IOException {
        FileAttributes.setMode(folder, mode & PERMISSIONS);
    }

    private static void copyXattrs(Path from, Path to) throws IOException {
        if (SystemFiles.areKnownToKernel(to)) {
            for (String name : Posix.get().xattrs(from)) {
                byte[] value = Posix.get().xattr(from, name).orElse(new byte[0]);
                Posix.get().setXattr(to, name, value);
            }
        }
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }
}
