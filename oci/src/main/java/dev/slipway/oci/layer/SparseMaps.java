package dev.slipway.oci.layer;

import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.layer.SparseContent.Segment;
import dev.slipway.oci.layer.SparseContent.Stored;
import dev.slipway.oci.layer.TarFormat.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the maps of holes that GNU tar writes: in the header and blocks after it (its own format), in a record of the PAX
 * header (0.0 and 0.1), or before the content (1.0).
 */
final class SparseMaps {

    static final char OLD_TYPE = 'S';

    static final String MAP = TarFormat.PAX_SPARSE + "map";
    private static final String MAJOR = TarFormat.PAX_SPARSE + "major";
    private static final String MINOR = TarFormat.PAX_SPARSE + "minor";
    private static final String NAME = TarFormat.PAX_SPARSE + "name";
    private static final String OLD_SIZE = TarFormat.PAX_SPARSE + "size";
    private static final String SIZE = TarFormat.PAX_SPARSE + "realsize";

    private static final int NUMBER = 12;
    private static final int IN_HEADER = 4;
    private static final int IN_BLOCK = 21;
    private static final int HEADER_MAP = 386;
    private static final int HEADER_CONTINUES = 482;
    private static final Field HEADER_SIZE = new Field(483, NUMBER);
    private static final int BLOCK_CONTINUES = 504;

    /** Only a hostile file has more parts than this. */
    private static final int MAX_SEGMENTS = 1 << 20;

    private SparseMaps() {}

    /** Whether a member is stored with holes, according to its records. */
    static boolean isSparse(Map<String, byte[]> records) {
        return records.keySet().stream().anyMatch(key -> key.startsWith(TarFormat.PAX_SPARSE));
    }

    /** The name of the file; the one in the header may be a substitute for programs that do not support holes. */
    static byte[] name(Map<String, byte[]> records, byte[] name) {
        return records.getOrDefault(NAME, name);
    }

    /**
     * Reads the map of a member in GNU's own format.
     *
     * @param blocks what follows the header
     * @param stored how many bytes the archive has of the file
     */
    static SparseContent ofHeader(byte[] header, Stored blocks, long stored) throws IOException {
        List<Segment> segments = new ArrayList<>();
        addSegments(header, HEADER_MAP, IN_HEADER, segments);
        boolean continues = header[HEADER_CONTINUES] != 0;
        while (continues) {
            byte[] block = readBlock(blocks);
            addSegments(block, 0, IN_BLOCK, segments);
            continues = block[BLOCK_CONTINUES] != 0;
        }
        return new SparseContent(segments, TarNumbers.read(header, HEADER_SIZE), stored);
    }

    private static void addSegments(byte[] block, int start, int count, List<Segment> segments)
            throws InvalidImageException {
        for (int i = 0; i < count; i++) {
            int at = start + i * 2 * NUMBER;
            // The list ends with its first empty place.
            if (block[at] == 0) {
                return;
            }
            add(
                    segments,
                    TarNumbers.read(block, new Field(at, NUMBER)),
                    TarNumbers.read(block, new Field(at + NUMBER, NUMBER)));
        }
    }

    /**
     * Reads the map that is in the records, or that they announce.
     *
     * @param content what follows the header; a map in it is read
     * @param stored how many bytes follow the header, those of the map included
     */
    static SparseContent ofRecords(Map<String, byte[]> records, Stored content, long stored) throws IOException {
        if (records.containsKey(MAP)) {
            List<Segment> segments = new ArrayList<>();
            String[] numbers = UnixText.decode(records.get(MAP)).split(",");
            for (int i = 0; i + 1 < numbers.length; i += 2) {
                add(segments, number(numbers[i]), number(numbers[i + 1]));
            }
            return new SparseContent(segments, size(records, OLD_SIZE), stored);
        }
        if (!isOne(records)) {
            throw new InvalidImageException(
                    "a file of the archive is stored with holes in a way that is not known; make the"
                            + " archive again without --sparse");
        }
        MapText text = new MapText(content);
        List<Segment> segments = new ArrayList<>();
        for (long rest = text.number(); rest > 0; rest--) {
            add(segments, text.number(), text.number());
        }
        return new SparseContent(segments, size(records, SIZE), stored - text.length);
    }

    private static boolean isOne(Map<String, byte[]> records) {
        return UnixText.decode(records.getOrDefault(MAJOR, new byte[0])).equals("1")
                && UnixText.decode(records.getOrDefault(MINOR, new byte[0])).equals("0");
    }

    private static long size(Map<String, byte[]> records, String key) throws InvalidImageException {
        if (!records.containsKey(key)) {
            throw SparseContent.damaged();
        }
        return TarNumbers.parseDecimal(key, records.get(key));
    }

    private static void add(List<Segment> segments, long offset, long length) throws InvalidImageException {
        if (segments.size() == MAX_SEGMENTS) {
            throw new InvalidImageException("a file of the archive is stored in more than " + MAX_SEGMENTS + " parts");
        }
        segments.add(new Segment(offset, length));
    }

    private static long number(String digits) throws InvalidImageException {
        return TarNumbers.parseDecimal(MAP, UnixText.encode(digits));
    }

    private static byte[] readBlock(Stored content) throws IOException {
        byte[] block = new byte[TarFormat.BLOCK];
        for (int done = 0; done < block.length; ) {
            int n = content.read(block, done, block.length - done);
            if (n < 0) {
                throw SparseContent.damaged();
            }
            done += n;
        }
        return block;
    }

    /** The map before the content: numbers, each on a line, in whole blocks. */
    private static final class MapText {

        private final Stored content;
        private byte[] block = new byte[0];
        private int at;
        private long length;

        private MapText(Stored content) {
            this.content = content;
        }

        private long number() throws IOException {
            StringBuilder digits = new StringBuilder();
            for (char next = next(); next != '\n'; next = next()) {
                digits.append(next);
                if (digits.length() > Long.SIZE) {
                    throw SparseContent.damaged();
                }
            }
            return SparseMaps.number(digits.toString());
        }

        private char next() throws IOException {
            if (at == block.length) {
                block = readBlock(content);
                at = 0;
                length += block.length;
            }
            return (char) block[at++];
        }
    }
}
