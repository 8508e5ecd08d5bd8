package dev.slipway.oci.output;

import dev.slipway.executor.event.StepMonitor;
import dev.slipway.oci.disk.FileAttributes;
import dev.slipway.oci.disk.FileStatus;
import dev.slipway.oci.disk.Folders;
import dev.slipway.oci.posix.Posix;
import dev.slipway.oci.posix.SystemFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * Moves what was written aside into a folder that exists. A folder that is in both gets the mode, the owner and the time of the
 * new one; anything else that has the name of something new makes way for it.
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
                    mergeFolder(child, target);
                } else {
                    Folders.delete(target);
                    Files.move(child, target);
                }
            }
        }
    }

    private void mergeFolder(Path from, Path to) throws IOException {
        FileStatus wanted = FileStatus.of(from);
        if (!SystemFiles.haveUnixAttributes(to)) {
            run(from, to);
            Files.setLastModifiedTime(to, FileTime.from(wanted.modified()));
            return;
        }
        // Whoever is not root can move nothing out of a folder that he may not write to, nor into one.
        setMode(from, wanted.mode() | OWNERS_ALL);
        boolean allowed = take(to, wanted);
        run(from, to);
        if (allowed) {
            copyXattrs(from, to);
            Files.setLastModifiedTime(to, FileTime.from(wanted.modified()));
            setMode(to, wanted.mode());
        }
    }

    /** Makes the folder the own one. */
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
