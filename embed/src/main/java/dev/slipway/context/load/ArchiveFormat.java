package dev.slipway.context.load;

import dev.slipway.executor.archive.TarHeader;
import java.util.Arrays;
import java.util.List;

/** Tells an archive from a Dockerfile. */
final class ArchiveFormat {

    /** How many of a file's first bytes say what it is. */
    static final int HEAD = 1024;

    /** Compressed files count as archives without a look inside, as in BuildKit; BuildKit does not know zstd here. */
    private static final List<byte[]> COMPRESSED = List.of(
            new byte[] {'B', 'Z', 'h'},
            new byte[] {0x1F, (byte) 0x8B, 8},
            new byte[] {(byte) 0xFD, '7', 'z', 'X', 'Z', 0},
            new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD});

    private ArchiveFormat() {}

    /** Whether a file that begins so is an archive. */
    static boolean isArchive(byte[] head) {
        return COMPRESSED.stream().anyMatch(magic -> startsWith(head, magic)) || TarHeader.startsWith(head);
    }

    private static boolean startsWith(byte[] bytes, byte[] magic) {
        return bytes.length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }
}
