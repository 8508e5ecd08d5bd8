package dev.slipway.oci;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A part of an open file. Several parts of one file may be read at once, each by one thread. Closing one leaves the file open.
 * It ends early if the file does.
 */
public final class ExtentStream extends InputStream {

    private final FileChannel file;
    private final long end;
    private long position;

    /**
     * A part of a file.
     *
     * @param file an open file; its position is not used
     * @param offset where the part begins, in bytes
     * @param size how many bytes it has
     */
    public ExtentStream(FileChannel file, long offset, long size) {
        this.file = requireNonNull(file, "file is null");
        this.position = offset;
        this.end = offset + size;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int wanted = (int) Math.min(length, end - position);
        if (wanted <= 0) {
            return length == 0 ? 0 : -1;
        }
        int n = file.read(ByteBuffer.wrap(buffer, offset, wanted), position);
        position += Math.max(n, 0);
        return n;
    }
}
