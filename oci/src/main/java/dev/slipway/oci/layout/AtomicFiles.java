package dev.slipway.oci.layout;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files aside and renames them when they are complete. */
final class AtomicFiles {

    private AtomicFiles() {}

    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes a complete file, or leaves the old one. */
    static void write(Path file, Content content) throws IOException {
        try (Aside aside = Aside.of(file, Files::deleteIfExists)) {
            try {
                try (OutputStream out = Files.newOutputStream(aside.path(), StandardOpenOption.CREATE_NEW)) {
                    content.writeTo(out);
                }
                move(aside.path(), file);
            } finally {
                Files.deleteIfExists(aside.path());
            }
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
