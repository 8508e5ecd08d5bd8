package dev.slipway.local.layer;

import dev.slipway.llb.Digest;
import dev.slipway.oci.layer.UnixText;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Writes the numbers and texts of an index. Two digests are computed on the way: of all bytes, to find damage, and of those that
 * say what the layer holds, to give it a name.
 */
public final class IndexOutput {

    private static final int CHUNK = 64 << 10;

    private final OutputStream out;
    private final MessageDigest all = Digest.newSha256();
    private final MessageDigest meaning = Digest.newSha256();
    private final Buffer written = new Buffer();
    private final Buffer counted = new Buffer();

    public IndexOutput(OutputStream out) {
        this.out = out;
    }

    /** A number, in seven bits a byte. */
    public void number(long value) throws IOException {
        counted.number(value);
        place(value);
    }

    /** A number that may be negative. */
    public void signed(long value) throws IOException {
        number((value << 1) ^ (value >> 63));
    }

    public void text(String text) throws IOException {
        bytes(UnixText.encode(text));
    }

    public void bytes(byte[] bytes) throws IOException {
        counted.number(bytes.length);
        counted.bytes(bytes);
        written.number(bytes.length);
        written.bytes(bytes);
        flush(CHUNK);
    }

    /** A number that says where something is kept, which makes no other layer of it. */
    void place(long value) throws IOException {
        written.number(value);
        flush(CHUNK);
    }

    /** A text that says where something is kept. */
    void place(String text) throws IOException {
        byte[] bytes = UnixText.encode(text);
        written.number(bytes.length);
        written.bytes(bytes);
        flush(CHUNK);
    }

    private void flush(int limit) throws IOException {
        if (counted.length >= limit) {
            meaning.update(counted.bytes, 0, counted.length);
            counted.length = 0;
        }
        if (written.length >= limit) {
            all.update(written.bytes, 0, written.length);
            out.write(written.bytes, 0, written.length);
            written.length = 0;
        }
    }

    /** Ends the index with the digest of its bytes, and returns the digest of its meaning. */
    public Digest finish() throws IOException {
        flush(0);
        out.write(all.digest());
        return Digest.of(meaning.digest());
    }

    /** Bytes that are yet to be written. */
    private static final class Buffer {

        private byte[] bytes = new byte[2 * CHUNK];
        private int length;

        private void number(long value) {
            reserve(10);
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                bytes[length++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            bytes[length++] = (byte) rest;
        }

        private void bytes(byte[] added) {
            reserve(added.length);
            System.arraycopy(added, 0, bytes, length, added.length);
            length += added.length;
        }

        private void reserve(int more) {
            if (bytes.length - length < more) {
                bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
            }
        }
    }
}
