package dev.slipway.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A copy of a build context as a checkout with umask 022 gives it, whatever became of modes and links on the way here: a place
 * that cannot have symbolic links holds a file with the target in its place, without an end of line.
 */
final class Checkout {

    private static final long LONGEST_TARGET = 200;

    private Checkout() {}

    static void copy(Path from, Path to) throws IOException {
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

    private static boolean isLink(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.size() == 0 || attributes.size() > LONGEST_TARGET) {
            return false;
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (text.chars().anyMatch(c -> c < ' ')) {
            return false;
        }
        try {
            return Files.exists(file.resolveSibling(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
