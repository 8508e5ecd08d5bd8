package dev.slipway.executor.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A small tar archive, written and read by hand. */
final class TarBytes {

    private static final int BLOCK = 512;
    private static final int SIZE = 124;
    private static final int TIME = 136;
    private static final int CHECKSUM = 148;
    private static final int TYPE = 156;
    private static final int OCTAL_DIGITS = 11;

    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();

    /**
     * Adds a regular file.
     *
     * @param time in seconds since 1970
     */
    TarBytes file(String path, String content, long time) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        archive.writeBytes(header(path, '0', bytes.length, time, ""));
        archive.writeBytes(bytes);
        archive.writeBytes(new byte[(BLOCK - bytes.length % BLOCK) % BLOCK]);
        return this;
    }

    /** Adds another name of a file that is there. */
    TarBytes hardLink(String path, String target, long time) {
        archive.writeBytes(header(path, '1', 0, time, target));
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(archive.toByteArray());
        whole.writeBytes(new byte[2 * BLOCK]);
        return whole.toByteArray();
    }

    private static byte[] header(String path, char type, int size, long time, String link) {
        byte[] header = new byte[BLOCK];
        put(header, 0, path);
        put(header, 100, "0000644\0" + "0000000\0" + "0000000\0");
        put(header, SIZE, String.format(Locale.ROOT, "%011o\0", size));
        put(header, TIME, String.format(Locale.ROOT, "%011o\0", time));
        put(header, CHECKSUM, "        ");
        header[TYPE] = (byte) type;
        put(header, 157, link);
        put(header, 257, "ustar\0" + "00");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, CHECKSUM, String.format(Locale.ROOT, "%06o\0 ", sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    /** The times of what is in an archive, in whole seconds since 1970. */
    static List<Long> times(byte[] tar) {
        List<Long> times = new ArrayList<>();
        for (int at = 0; at < tar.length && tar[at] != 0; ) {
            char type = (char) tar[at + TYPE];
            if (type != 'x' && type != 'g') {
                times.add(octal(tar, at + TIME));
            }
            long size = octal(tar, at + SIZE);
            at += (int) (BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK);
        }
        return times;
    }

    private static long octal(byte[] tar, int at) {
        return Long.parseLong(new String(tar, at, OCTAL_DIGITS, StandardCharsets.US_ASCII).strip(), 8);
    }
}
