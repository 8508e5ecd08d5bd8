package dev.slipway.oci.engine;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A body whose length is not known before its end (RFC 9112, 7.1). The receiver notices if it is not finished. */
final class ChunkedOutput extends FilterOutputStream {

    private static final int CHUNK = 1 << 16;

    ChunkedOutput(OutputStream connection) {
        super(new BufferedOutputStream(new Chunks(connection), CHUNK));
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
    }

    /** Marks the body as complete. */
    void finish(OutputStream connection) throws IOException {
        flush();
        connection.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        connection.flush();
    }

    /** Each write becomes a chunk. */
    private static final class Chunks extends FilterOutputStream {

        Chunks(OutputStream connection) {
            super(connection);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            if (length > 0) {
                out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(buffer, offset, length);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
    }
}
