package dev.slipway.local.file;

import dev.slipway.executor.archive.TarHeader;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.store.ContentReader;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.layer.Decompression;
import java.io.IOException;
import java.io.InputStream;

/** Knows archives when it sees them. */
final class Archives {

    private Archives() {}

    /** Whether a file is a tar archive, compressed or not: only its first bytes count, never its name. */
    static boolean isArchive(RegularFile file, ContentReader contents) throws IOException, InterruptedException {
        try (InputStream in = contents.open(file.content());
                InputStream plain = Decompression.open(in)) {
            return TarHeader.startsWith(plain.readNBytes(TarHeader.LENGTH));
        } catch (InvalidImageException e) {
            // It began like a compressed file and is none.
            return false;
        }
    }
}
