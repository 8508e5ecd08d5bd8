package dev.slipway.executor.archive;

/** The header that starts every entry of a tar archive, in any dialect. */
public final class TarHeader {

    /** Its length in bytes. */
    public static final int LENGTH = 512;

    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_END = 156;

    private TarHeader() {}

    /**
     * Whether these bytes start with a header, which its checksum shows. Some old archives compute it with signed bytes.
     */
    public static boolean startsWith(byte[] bytes) {
        if (bytes.length < LENGTH) {
            return false;
        }
        long unsigned = 0;
        long signed = 0;
        long expected = 0;
        boolean ended = false;
        for (int i = 0; i < LENGTH; i++) {
            boolean inChecksum = i >= CHECKSUM && i < CHECKSUM_END;
            unsigned += inChecksum ? ' ' : bytes[i] & 0xFF;
            signed += inChecksum ? ' ' : bytes[i];
            if (inChecksum && bytes[i] >= '0' && bytes[i] <= '7' && !ended) {
                expected = expected * 8 + bytes[i] - '0';
            } else if (inChecksum && expected > 0) {
                ended = true;
            }
        }
        return expected > 0 && (expected == unsigned || expected == signed);
    }
}
