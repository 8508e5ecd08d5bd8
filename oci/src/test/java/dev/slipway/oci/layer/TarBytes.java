package dev.slipway.oci.layer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Archives written byte by byte, as nobody who means well would. */
final class TarBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A member as a plain ustar header says it, with content. */
    TarBytes member(char type, String name, String link, byte[] content) {
        return raw(header(type, name, link, content.length), content);
    }

    TarBytes file(String name) {
        return member('0', name, "", new byte[0]);
    }

    TarBytes pax(String... records) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (String record : records) {
            data.writeBytes(record.getBytes(StandardCharsets.ISO_8859_1));
        }
        return member('x', "PaxHeaders.0/x", "", data.toByteArray());
    }

    /** One record with a right length. */
    static String record(String key, String value) {
        int content = key.length() + value.length() + 3;
        int length = content + String.valueOf(content + 2).length();
        return length + " " + key + "=" + value + "\n";
    }

    TarBytes raw(byte[] header, byte[] content) {
        out.writeBytes(header);
        out.writeBytes(content);
        out.writeBytes(new byte[TarFormat.padding(content.length)]);
        return this;
    }

    byte[] end() {
        out.writeBytes(new byte[1024]);
        return unfinished();
    }

    byte[] unfinished() {
        return out.toByteArray();
    }

    static byte[] header(char type, String name, String link, long size) {
        byte[] header = new byte[TarFormat.BLOCK];
        put(header, TarFormat.NAME, name);
        put(header, TarFormat.MODE, "0000644");
        put(header, TarFormat.UID, "0000000");
        put(header, TarFormat.GID, "0000000");
        put(header, TarFormat.SIZE, String.format("%011o", size));
        put(header, TarFormat.MODIFIED, "00000000000");
        header[TarFormat.TYPE] = (byte) type;
        put(header, TarFormat.LINK, link);
        put(header, TarFormat.MAGIC, "ustar\00000");
        return sealed(header);
    }

    static byte[] put(byte[] header, TarFormat.Field field, String text) {
        Arrays.fill(header, field.offset(), field.offset() + field.length(), (byte) 0);
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, header, field.offset(), bytes.length);
        return header;
    }

    /** The header with the checksum it should have. */
    static byte[] sealed(byte[] header) {
        return put(header, TarFormat.CHECKSUM, String.format("%06o\0 ", TarFormat.checksum(header)));
    }
}
