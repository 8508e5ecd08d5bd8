package dev.slipway.oci.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;

/** Removes folders. */
public final class Folders {

    /** How many folders are open at once. */
    private static final int DEPTH = 200;

    /** How many characters a path may grow by. */
    private static final int LENGTH = 700;

    private Folders() {}

    /**
     * Removes a folder or file with everything in it; links are removed, not followed. It need not exist. Folders may be nested
     * deeper than any path can express, since a step can create them one inside the other.
     */
    public static void delete(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Deque<Path> deep = new ArrayDeque<>();
        for (Path next = path; next != null; next = deep.poll()) {
            Files.walkFileTree(next, new Deletion(path, next, deep));
            if (deep.isEmpty() && !next.equals(path)) {
                deep.add(path);
            }
        }
    }

    /** Deletes what is not deep below a folder, and moves the rest up. */
    private static final class Deletion extends SimpleFileVisitor<Path> {

        private final Path top;
        private final Path start;
        private final Deque<Path> deep;

        /**
         * @param top the folder to delete
         * @param start where this begins
         * @param deep receives what remains to be deleted
         */
        private Deletion(Path top, Path start, Deque<Path> deep) {
            this.top = top;
            this.start = start;
            this.deep = deep;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            makeAccessible(folder);
            boolean isDeep = folder.getNameCount() - start.getNameCount() >= DEPTH
                    || folder.toString().length() - start.toString().length() >= LENGTH;
            if (!isDeep) {
                return FileVisitResult.CONTINUE;
            }
            Path up = top.resolve("deep-" + UUID.randomUUID());
            Files.move(folder, up, StandardCopyOption.ATOMIC_MOVE);
            deep.add(up);
            return FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            if (e instanceof AccessDeniedException && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                makeAccessible(file);
                delete(file);
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            if (e != null) {
                throw e;
            }
            boolean holdsMore = folder.equals(top) && !deep.isEmpty();
            if (!holdsMore) {
                Files.deleteIfExists(folder);
            }
            return FileVisitResult.CONTINUE;
        }
    }

    /** The total size of the files in a folder, or of one file, in bytes. Files that disappear meanwhile do not count. */
    public static long size(Path path) throws IOException {
        long[] size = new long[1];
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                size[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return size[0];
    }

    /** Only root could empty a folder that its owner may not read or write. */
    private static void makeAccessible(Path folder) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(folder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        boolean accessible = Files.isWritable(folder) && Files.isReadable(folder) && Files.isExecutable(folder);
        if (view != null && !accessible) {
            view.setPermissions(PosixFilePermissions.fromString("rwx------"));
        }
    }
}
