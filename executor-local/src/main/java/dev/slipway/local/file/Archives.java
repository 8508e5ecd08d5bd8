package dev.slipway.local.file;

import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.store.ContentReader;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.layer.Decompression;
import java.io.IOException;
import java.io.InputStream;

/** Knows archives when it sees them. */
final class Archives {

    private static final int BLOCK = 512;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_END = 156;

    private Archives() {}

    /** Whether a file is a tar archive, compressed or not: only its first bytes count, never its name. */
    static boolean isArchive(RegularFile file, ContentReader contents) throws IOException, InterruptedException {
        try (InputStream in = contents.open(file.content());
                InputStream plain = Decompression.open(in)) {
            return isHeader(plain.readNBytes(BLOCK));
        } catch (InvalidImageException e) {
            // It began like a compressed file and is none.
            return false;
        }
    }

    /** Whether the checksum of a tar header fits; of the two ways to sum up, some old archives have the signed one. */
    private static boolean isHeader(byte[] block) {
        if (block.length < BLOCK) {
            return false;
        }
        long unsigned = 0;
        long signed = 0;
        long expected = 0;
        boolean ended = false;
        for (int i = 0; i < BLOCK; i++) {
            boolean inChecksum = i >= CHECKSUM && i < CHECKSUM_END;
            unsigned += inChecksum ? ' ' : block[i] & 0xFF;
            signed += inChecksum ? ' ' : block[i];
            if (inChecksum && block[i] >= '0' && block[i] <= '7' && !ended) {
                expected = expected * 8 + block[i] - '0';
            } else if (inChecksum && expected > 0) {
                ended = true;
            }
        }
        return expected > 0 && (expected == unsigned || expected == signed);
    }
}
