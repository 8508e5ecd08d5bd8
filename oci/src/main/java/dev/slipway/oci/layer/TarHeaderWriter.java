package dev.slipway.oci.layer;

import dev.slipway.oci.layer.TarFormat.Field;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes the headers of tar members as Go's archive/tar does: plain ustar wherever possible, and PAX records only for values
 * that do not fit.
 */
final class TarHeaderWriter {

    private static final byte[] MAGIC = "ustar\00000".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private final byte[] zeros = new byte[TarFormat.BLOCK];

    TarHeaderWriter(OutputStream out) {
        this.out = out;
    }

    /** Writes a header; the caller writes the content, with the size in the header. */
    void writeHeader(TarMember member) throws IOException {
        byte[] name = UnixText.encode(member.name());
        byte[] link = UnixText.encode(member.linkName());
        int split = splitPoint(name);
        SortedMap<String, byte[]> records = new TreeMap<>(member.records());
        boolean pax = !records.isEmpty();
        if (!fits(name, TarFormat.NAME)) {
            records.put(TarFormat.PAX_PATH, name);
            pax |= split < 0;
        }
        if (!fits(link, TarFormat.LINK)) {
            records.put(TarFormat.PAX_LINK, link);
            pax = true;
        }
        pax |= putUnlessFits(records, TarFormat.PAX_UID, TarFormat.UID, member.uid());
        pax |= putUnlessFits(records, TarFormat.PAX_GID, TarFormat.GID, member.gid());
        pax |= putUnlessFits(records, TarFormat.PAX_SIZE, TarFormat.SIZE, member.size());
        pax |= putUnlessFits(
                records,
                TarFormat.PAX_MODIFIED,
                TarFormat.MODIFIED,
                member.modified().getEpochSecond());
        byte[] header = header(member);
        if (pax) {
            writeRecords(member.name(), records);
            put(header, TarFormat.NAME, ascii(name));
            put(header, TarFormat.LINK, ascii(link));
        } else {
            put(header, TarFormat.NAME, split < 0 ? name : Arrays.copyOfRange(name, split + 1, name.length));
            put(header, TarFormat.PREFIX, split < 0 ? new byte[0] : Arrays.copyOf(name, split));
            put(header, TarFormat.LINK, link);
        }
        writeBlock(header);
    }

    /** Pads the last block of content of this size. */
    void pad(long size) throws IOException {
        out.write(zeros, 0, TarFormat.padding(size));
    }

    /** Writes what marks the end of an archive. */
    void finish() throws IOException {
        out.write(zeros);
        out.write(zeros);
    }

    private static byte[] header(TarMember member) {
        byte[] header = new byte[TarFormat.BLOCK];
        header[TarFormat.TYPE] = (byte) member.type();
        TarNumbers.write(header, TarFormat.MODE, member.mode());
        TarNumbers.write(header, TarFormat.UID, member.uid());
        TarNumbers.write(header, TarFormat.GID, member.gid());
        TarNumbers.write(header, TarFormat.SIZE, member.size());
        TarNumbers.write(header, TarFormat.MODIFIED, member.modified().getEpochSecond());
        TarNumbers.write(header, TarFormat.DEVICE_MAJOR, member.deviceMajor());
        TarNumbers.write(header, TarFormat.DEVICE_MINOR, member.deviceMinor());
        return header;
    }

    private void writeRecords(String name, SortedMap<String, byte[]> records) throws IOException {
        byte[] data = PaxRecords.format(records);
        byte[] header = new byte[TarFormat.BLOCK];
        header[TarFormat.TYPE] = 'x';
        for (Field field :
                new Field[] {TarFormat.MODE, TarFormat.UID, TarFormat.GID, TarFormat.SIZE, TarFormat.MODIFIED}) {
            TarNumbers.write(header, field, 0);
        }
        TarNumbers.write(header, TarFormat.SIZE, data.length);
        put(header, TarFormat.NAME, recordsName(name));
        writeBlock(header);
        out.write(data);
        pad(data.length);
    }

    /** The name under which a tar without support for PAX would unpack the records. */
    private static byte[] recordsName(String name) {
        String path = name.endsWith("/") ? name.substring(0, name.length() - 1) + "/" : name;
        int slash = path.lastIndexOf('/');
        String records = path.substring(0, slash + 1) + "PaxHeaders.0/" + path.substring(slash + 1);
        byte[] bytes = ascii(UnixText.encode(records));
        int length = Math.min(bytes.length, TarFormat.NAME.length());
        while (length > 0 && bytes[length - 1] == '/') {
            length--;
        }
        return Arrays.copyOf(bytes, length);
    }

    private void writeBlock(byte[] header) throws IOException {
        System.arraycopy(MAGIC, 0, header, TarFormat.MAGIC.offset(), MAGIC.length);
        String sum = String.format("%06o\0 ", TarFormat.checksum(header));
        put(header, TarFormat.CHECKSUM, sum.getBytes(StandardCharsets.US_ASCII));
        out.write(header);
    }

    /** Copies as much of a text as fits; a truncated name must not look like a folder's. */
    private static void put(byte[] header, Field field, byte[] text) {
        int length = Math.min(text.length, field.length());
        System.arraycopy(text, 0, header, field.offset(), length);
        if (text.length > field.length()) {
            for (int i = field.offset() + length - 1; i > field.offset() && header[i] == '/'; i--) {
                header[i] = 0;
            }
        }
    }

    private static boolean putUnlessFits(Map<String, byte[]> records, String key, Field field, long number) {
        if (TarNumbers.fitsOctal(field, number)) {
            return false;
        }
        records.put(key, Long.toString(number).getBytes(StandardCharsets.US_ASCII));
        return true;
    }

    private static boolean fits(byte[] text, Field field) {
        return text.length <= field.length() && isAscii(text);
    }

    /** Where a long name can be cut in two for a ustar header, or -1. */
    private static int splitPoint(byte[] name) {
        if (name.length <= TarFormat.NAME.length() || !isAscii(name)) {
            return -1;
        }
        int last = name[name.length - 1] == '/' ? name.length - 2 : name.length - 1;
        int at = Math.min(last, TarFormat.PREFIX.length());
        while (at > 0 && name[at] != '/') {
            at--;
        }
        int rest = name.length - at - 1;
        return at > 0 && rest > 0 && rest <= TarFormat.NAME.length() ? at : -1;
    }

    private static boolean isAscii(byte[] text) {
        for (byte b : text) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(byte[] text) {
        byte[] kept = new byte[text.length];
        int length = 0;
        for (byte b : text) {
            if (b > 0) {
                kept[length++] = b;
            }
        }
        return Arrays.copyOf(kept, length);
    }
}
