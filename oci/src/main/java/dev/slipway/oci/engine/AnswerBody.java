package dev.slipway.oci.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/** The body of an answer (RFC 9112, 6). One that ends too early fails. */
final class AnswerBody extends InputStream {

    private final InputStream connection;
    private final boolean chunked;

    /** The rest of the body or of the chunk, in bytes; negative if it ends with the connection. */
    private long left;

    private boolean started;
    private boolean ended;

    private AnswerBody(InputStream connection, boolean chunked, long left) {
        this.connection = connection;
        this.chunked = chunked;
        this.left = left;
    }

    static AnswerBody of(AnswerHead head, InputStream connection) throws ProtocolException {
        if (head.field("transfer-encoding").equalsIgnoreCase("chunked")) {
            return new AnswerBody(connection, true, 0);
        }
        String length = head.field("content-length");
        if (!length.isEmpty() && !length.matches("\\d{1,18}")) {
            throw new ProtocolException("an answer says that its length is " + length);
        }
        return new AnswerBody(connection, false, length.isEmpty() ? -1 : Long.parseLong(length));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (chunked && left == 0 && !ended) {
            nextChunk();
        }
        if (ended || left == 0) {
            return -1;
        }
        int wanted = left < 0 ? length : (int) Math.min(length, left);
        int n = connection.read(buffer, offset, wanted);
        if (n < 0 && left > 0) {
            throw new EOFException("the answer ended in the middle");
        }
        left = left < 0 ? left : left - n;
        return n;
    }

    private void nextChunk() throws IOException {
        if (started) {
            AnswerHead.line(connection);
        }
        started = true;
        String size = AnswerHead.line(connection).split(";", 2)[0].strip();
        if (!size.matches("[0-9A-Fa-f]{1,15}")) {
            throw new ProtocolException("an answer has a chunk of the size '" + size + "'");
        }
        left = Long.parseLong(size, 16);
        ended = left == 0;
    }
}
