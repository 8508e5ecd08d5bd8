package dev.slipway.cli;

import dev.slipway.llb.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A copy of a build context as a checkout with umask 022 gives it, whatever became of modes and links on the way here: a place
 * that cannot have symbolic links holds a file with the target in its place, without an end of line. What was built of the
 * context tells such a file from one that only names another.
 */
final class Checkout {

    private static final long LONGEST_TARGET = 200;

    private final Path from;
    private final Path to;
    private final Set<String> contents;

    private Checkout(Path from, Path to, Set<String> contents) {
        this.from = from;
        this.to = to;
        this.contents = contents;
    }

    /**
     * Copies a context.
     *
     * @param contents the SHA-256 of what files of the images hold that were made of it: a link is never among them, for what is
     *     read through one is what it leads to
     */
    static void copy(Path from, Path to, Set<String> contents) throws IOException {
        new Checkout(from, to, contents).copy();
    }

    private void copy() throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Path copy = to.resolve(from.relativize(folder).toString());
                Files.createDirectory(copy);
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path copy = to.resolve(from.relativize(file).toString());
                if (attributes.isSymbolicLink()) {
                    Files.createSymbolicLink(copy, Files.readSymbolicLink(file));
                } else if (isLink(file, attributes)) {
                    Files.createSymbolicLink(copy, Path.of(Files.readString(file)));
                } else {
                    Files.copy(file, copy);
                    String mode = Files.isExecutable(file) && isExecutable(file) ? "rwxr-xr-x" : "rw-r--r--";
                    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString(mode));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Root may execute what nobody may. */
    private static boolean isExecutable(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                .contains("x");
    }

    private boolean isLink(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.size() == 0 || attributes.size() > LONGEST_TARGET) {
            return false;
        }
        byte[] content = Files.readAllBytes(file);
        String text = new String(content, StandardCharsets.UTF_8);
        if (text.chars().anyMatch(c -> c < ' ')
                || contents.contains(Digest.sha256(content).hex())) {
            return false;
        }
        try {
            return Files.exists(file.resolveSibling(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
