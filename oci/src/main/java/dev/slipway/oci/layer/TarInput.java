package dev.slipway.oci.layer;

import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.layer.TarFormat.Field;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the members of a tar archive: V7, ustar, PAX and GNU. It does not know about layers. */
final class TarInput {

    /** The largest extended header that is read, Go's limit. */
    private static final int MAX_EXTENSION = 1 << 20;

    private static final String HEADER_ONLY = "123456";

    private final InputStream in;
    private final byte[] header = new byte[TarFormat.BLOCK];
    private long remaining;
    private int padding;
    private Optional<SparseContent> sparse = Optional.empty();

    TarInput(InputStream in) {
        this.in = in;
    }

    /** The next member, or empty at the end of the archive. */
    Optional<TarMember> next() throws IOException {
        byte[] longName = null;
        byte[] longLink = null;
        Map<String, byte[]> records = Map.of();
        while (true) {
            skipContent();
            if (!readHeader()) {
                if (longName != null || longLink != null || !records.isEmpty()) {
                    throw new InvalidImageException("the archive ends after an extended header");
                }
                return Optional.empty();
            }
            char type = (char) (header[TarFormat.TYPE] & 0xFF);
            switch (type) {
                case 'L' -> longName = untilNul(readExtension());
                case 'K' -> longLink = untilNul(readExtension());
                case 'x' -> records = PaxRecords.parse(readExtension());
                // Defaults for all members, such as git archive writes: the reference ignores them.
                case 'g' -> readExtension();
                default -> {
                    return Optional.of(member(type, longName, longLink, records));
                }
            }
        }
    }

    /** The content of the member that {@link #next} returned last. */
    int read(byte[] buffer, int offset, int length) throws IOException {
        return sparse.isPresent()
                ? sparse.get().read(buffer, offset, length, this::readStored)
                : readStored(buffer, offset, length);
    }

    private int readStored(byte[] buffer, int offset, int length) throws IOException {
        if (remaining == 0 || length == 0) {
            return length == 0 ? 0 : -1;
        }
        int n = in.read(buffer, offset, (int) Math.min(length, remaining));
        if (n < 0) {
            throw truncated();
        }
        remaining -= n;
        return n;
    }

    /** Reads the next bytes, whatever they belong to. */
    private int readAny(byte[] buffer, int offset, int length) throws IOException {
        int n = in.read(buffer, offset, length);
        if (n < 0) {
            throw truncated();
        }
        return n;
    }

    private TarMember member(
            char type, byte @Nullable [] longName, byte @Nullable [] longLink, Map<String, byte[]> records)
            throws IOException {
        byte[] name = longName != null ? longName : name();
        byte[] link = longLink != null ? longLink : string(TarFormat.LINK);
        name = records.getOrDefault(TarFormat.PAX_PATH, name);
        link = records.getOrDefault(TarFormat.PAX_LINK, link);
        long size = number(TarFormat.PAX_SIZE, records, TarFormat.SIZE);
        if (size < 0) {
            throw new InvalidImageException("the size of " + UnixText.decode(name) + " in the archive is negative");
        }
        boolean device = type == '3' || type == '4';
        startContent(HEADER_ONLY.indexOf(type) >= 0 ? 0 : size);
        if (type == SparseMaps.OLD_TYPE) {
            sparse = Optional.of(SparseMaps.ofHeader(header, this::readAny, size));
        } else if (SparseMaps.isSparse(records)) {
            name = SparseMaps.name(records, name);
            sparse = Optional.of(SparseMaps.ofRecords(records, this::readStored, size));
        }
        return new TarMember(
                UnixText.decode(name),
                type,
                TarNumbers.read(header, TarFormat.MODE),
                number(TarFormat.PAX_UID, records, TarFormat.UID),
                number(TarFormat.PAX_GID, records, TarFormat.GID),
                sparse.map(SparseContent::size).orElse(remaining),
                remaining,
                modified(records),
                UnixText.decode(link),
                device ? TarNumbers.read(header, TarFormat.DEVICE_MAJOR) : 0,
                device ? TarNumbers.read(header, TarFormat.DEVICE_MINOR) : 0,
                records);
    }

    private long number(String key, Map<String, byte[]> records, Field field) throws IOException {
        byte[] value = records.get(key);
        return value == null ? TarNumbers.read(header, field) : TarNumbers.parseDecimal(key, value);
    }

    private Instant modified(Map<String, byte[]> records) throws IOException {
        byte[] value = records.get(TarFormat.PAX_MODIFIED);
        return value == null
                ? TarNumbers.time(TarNumbers.read(header, TarFormat.MODIFIED), 0)
                : TarNumbers.parseTime(TarFormat.PAX_MODIFIED, value);
    }

    /** The name in the header. Only POSIX headers have a prefix; GNU ones keep other things there. */
    private byte[] name() {
        byte[] name = string(TarFormat.NAME);
        boolean posix = new String(header, TarFormat.MAGIC.offset(), 6, StandardCharsets.ISO_8859_1).equals("ustar\0");
        byte[] prefix = posix ? string(TarFormat.PREFIX) : new byte[0];
        if (prefix.length == 0) {
            return name;
        }
        byte[] joined = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
        joined[prefix.length] = '/';
        System.arraycopy(name, 0, joined, prefix.length + 1, name.length);
        return joined;
    }

    private byte[] string(Field field) {
        return untilNul(Arrays.copyOfRange(header, field.offset(), field.offset() + field.length()));
    }

    private static byte[] untilNul(byte[] bytes) {
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return Arrays.copyOf(bytes, length);
    }

    /** Reads the next header block; false at the end, which is two zero blocks, or one, or just the end of the stream. */
    private boolean readHeader() throws IOException {
        if (!readBlock()) {
            return false;
        }
        if (isZero()) {
            if (readBlock() && !isZero()) {
                throw new InvalidImageException("the archive is damaged: it goes on after an empty block");
            }
            return false;
        }
        if (!isHeader(header)) {
            throw new InvalidImageException("this is not a tar archive, or it is damaged: wrong checksum of a header");
        }
        return true;
    }

    /**
     * Whether the checksum of a header block is right.
     *
     * @throws InvalidImageException if it has none
     */
    static boolean isHeader(byte[] block) throws InvalidImageException {
        long stored = TarNumbers.read(block, TarFormat.CHECKSUM);
        return stored == TarFormat.checksum(block) || stored == TarFormat.signedChecksum(block);
    }

    private boolean readBlock() throws IOException {
        int n = in.readNBytes(header, 0, header.length);
        if (n > 0 && n < header.length) {
            throw truncated();
        }
        return n > 0;
    }

    private boolean isZero() {
        for (byte b : header) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private byte[] readExtension() throws IOException {
        long size = TarNumbers.read(header, TarFormat.SIZE);
        if (size < 0 || size > MAX_EXTENSION) {
            throw new InvalidImageException("an extended header of the archive has " + size + " bytes; at most "
                    + MAX_EXTENSION + " are allowed");
        }
        startContent(size);
        byte[] data = new byte[(int) size];
        int n = in.readNBytes(data, 0, data.length);
        if (n < data.length) {
            throw truncated();
        }
        remaining = 0;
        return data;
    }

    private void startContent(long size) {
        remaining = size;
        padding = TarFormat.padding(size);
        sparse = Optional.empty();
    }

    private void skipContent() throws IOException {
        long skip = remaining + padding;
        remaining = 0;
        padding = 0;
        try {
            in.skipNBytes(skip);
        } catch (EOFException e) {
            throw truncated();
        }
    }

    private static InvalidImageException truncated() {
        return new InvalidImageException("the archive ends too early");
    }
}
