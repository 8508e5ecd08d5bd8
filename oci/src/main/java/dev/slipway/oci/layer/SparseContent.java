package dev.slipway.oci.layer;

import dev.slipway.oci.InvalidImageException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The content of a file that is stored with holes: the archive has the segments one after the other; the gaps between them are
 * zeros.
 */
final class SparseContent {

    private final List<Segment> segments;
    private final long size;
    private long at;
    private int next;

    /**
     * @param segments in the order of the file
     * @param size of the file, in bytes
     * @param stored how many bytes of it the archive has
     */
    SparseContent(List<Segment> segments, long size, long stored) throws InvalidImageException {
        long end = 0;
        long sum = 0;
        for (Segment segment : segments) {
            if (segment.offset < end || segment.length < 0 || segment.length > size - segment.offset) {
                throw damaged();
            }
            end = segment.end();
            sum += segment.length;
        }
        if (end > size || sum != stored) {
            throw damaged();
        }
        this.segments = List.copyOf(segments);
        this.size = size;
    }

    /**
     * A stored part of the file.
     *
     * @param offset where in the file it is
     */
    record Segment(long offset, long length) {

        long end() {
            return offset + length;
        }
    }

    /** The stored parts of the file. */
    interface Stored {

        /** Reads a little, at least one byte. */
        int read(byte[] buffer, int offset, int length) throws IOException;
    }

    long size() {
        return size;
    }

    int read(byte[] buffer, int offset, int length, Stored stored) throws IOException {
        while (next < segments.size() && segments.get(next).end() <= at) {
            next++;
        }
        long start = next < segments.size() ? segments.get(next).offset : size;
        long end = at >= start && at < size ? segments.get(next).end() : start;
        int wanted = (int) Math.min(length, end - at);
        if (wanted == 0) {
            return length == 0 ? 0 : -1;
        }
        if (at < start) {
            Arrays.fill(buffer, offset, offset + wanted, (byte) 0);
        } else {
            wanted = stored.read(buffer, offset, wanted);
            if (wanted < 0) {
                throw damaged();
            }
        }
        at += wanted;
        return wanted;
    }

    static InvalidImageException damaged() {
        return new InvalidImageException("the archive is damaged: the parts of a file with holes do not fit together");
    }
}
