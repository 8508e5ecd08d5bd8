package dev.slipway.local.export;

import dev.slipway.oci.layout.Aside;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that is written whole or not at all. */
final class NewFile {

    private NewFile() {}

    /** What is to be in it. */
    interface Content {
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    /**
     * Writes a file; one that is there is replaced when the new one is whole. A device or a pipe, such as {@code /dev/null},
     * takes the bytes itself: nothing may take its place.
     */
    static void write(Path wanted, Content content) throws IOException, InterruptedException {
        if (Files.exists(wanted) && !Files.isRegularFile(wanted)) {
            try (OutputStream out = Files.newOutputStream(wanted, StandardOpenOption.WRITE)) {
                content.writeTo(out);
            }
            return;
        }
        // A link stays, and leads to the new file.
        Path file = Files.exists(wanted) ? wanted.toRealPath() : wanted;
        Files.createDirectories(file.getParent());
        try (Aside aside = Aside.of(file, Files::deleteIfExists)) {
            try {
                try (OutputStream out = Files.newOutputStream(aside.path(), StandardOpenOption.CREATE_NEW)) {
                    content.writeTo(out);
                }
                Files.move(aside.path(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(aside.path());
            }
        }
    }
}
