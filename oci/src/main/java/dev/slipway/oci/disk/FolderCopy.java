package dev.slipway.oci.disk;

import static java.util.Objects.requireNonNull;

import dev.slipway.oci.posix.PathText;
import dev.slipway.oci.posix.Posix;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Copies folders of this machine. Pipes, sockets and devices are never opened, because that could block. Files that disappear
 * meanwhile are left out.
 */
public final class FolderCopy {

    /** A mode that no file has, so that every mode is set. */
    private static final int ANY = -1;

    private final FileAttributes attributes;
    private final Map<Object, Path> copies = new HashMap<>();

    private FolderCopy(FileAttributes attributes) {
        this.attributes = attributes;
    }

    /**
     * Copies a folder or file with everything in it; links are not followed.
     *
     * @param target is made
     * @param privileges what attributes the copies can have
     */
    public static void copy(Path source, Path target, Privileges privileges) throws IOException, InterruptedException {
        FileAttributes ofNew = FileAttributes.ofNewFilesIn(requireNonNull(target.getParent()));
        FileAttributes attributes = new FileAttributes(ofNew.uid(), ofNew.gid(), 0, privileges, true, true);
        new FolderCopy(attributes).copy(source, target);
    }

    private void copy(Path source, Path target) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        FileStatus status = FileStatus.of(source);
        var wanted = status.attributes(new TreeMap<>());
        Path known = status.isFolder() ? null : copies.putIfAbsent(status.identity(), target);
        if (known != null) {
            Files.createLink(target, known);
        } else if (status.isFolder()) {
            Files.createDirectory(target);
            copyChildren(source, status, target);
            attributes.apply(target, wanted, ANY);
        } else if (status.isLink()) {
            Files.copy(source, target, LinkOption.NOFOLLOW_LINKS);
            attributes.applyToLink(target, wanted);
        } else if (status.isFile()) {
            copyFile(source, target);
            attributes.apply(target, wanted, ANY);
        } else {
            if (status.isDevice() && !attributes.privileges().devices()) {
                Files.createFile(target);
                attributes.apply(target, wanted, ANY);
            } else {
                Posix.get().makeNode(target, status.mode(), status.major(), status.minor());
                attributes.applyToSpecial(target, wanted, ANY);
            }
        }
    }

    private void copyChildren(Path source, FileStatus status, Path target) throws IOException, InterruptedException {
        try (OwnFiles.Access access = OwnFiles.enter(source, status);
                DirectoryStream<Path> children = Files.newDirectoryStream(access.path())) {
            for (Path child : children) {
                try {
                    copy(child, PathText.resolve(target, PathText.nameOf(child)));
                } catch (NoSuchFileException e) {
                    // It has disappeared.
                }
            }
        }
    }

    private static void copyFile(Path source, Path target) throws IOException {
        try (FileChannel in = OwnFiles.open(source);
                FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Channels.newInputStream(in).transferTo(Channels.newOutputStream(out));
        }
    }
}
