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

    /** So many folders are open at once. */
    private static final int DEPTH = 200;

    /** So many characters a path may grow by. */
    private static final int LENGTH = 700;

    private Folders() {}

    /**
     * Removes a folder or file with everything in it; links are removed, not followed. Nothing to remove is fine. Folders may lie
     * deeper in each other than any path leads: a step can make them, one in the other.
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

    /** Deletes what is not deep below a folder, and brings the rest up. */
    private static final class Deletion extends SimpleFileVisitor<Path> {

        private final Path top;
        private final Path start;
        private final Deque<Path> deep;

        /**
         * @param top all that is to be deleted
         * @param start where this begins
         * @param deep takes what is still to be deleted
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

    /** How many bytes of files are in a folder, or in a file. What goes away meanwhile does not count. */
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

    /** A folder that its owner may not read or write to could not be emptied by anyone but root. */
    private static void makeAccessible(Path folder) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(folder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        boolean accessible = Files.isWritable(folder) && Files.isReadable(folder) && Files.isExecutable(folder);
        if (view != null && !accessible) {
            view.setPermissions(PosixFilePermissions.fromString("rwx------"));
        }
    }
}
