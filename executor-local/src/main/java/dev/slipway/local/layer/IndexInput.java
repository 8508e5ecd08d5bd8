package dev.slipway.local.layer;

import dev.slipway.llb.Digest;
import dev.slipway.oci.layer.UnixText;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.util.Arrays;

/** Reads what {@link IndexOutput} writes. */
public final class IndexInput {

    private static final int CHUNK = 64 << 10;
    private static final int MAX_BYTES = 16 << 20;

    private final InputStream in;
    private final MessageDigest all = Digest.newSha256();
    private final byte[] buffer = new byte[CHUNK];
    private int at;
    private int end;

    private IndexInput(InputStream in) {
        this.in = in;
    }

    /** Reads what lies between header and check. */
    public interface Body<T> {
        T read(IndexInput in) throws IOException;
    }

    /**
     * Reads a file of this header.
     *
     * @throws IOException if it cannot be read, has another header, or is damaged
     */
    public static <T> T read(InputStream in, String header, Body<T> body) throws IOException {
        return read(in, input -> {
            if (!input.text().equals(header)) {
                throw new IOException("not a file of this version");
            }
            return body.read(input);
        });
    }

    /** Reads what a file begins with. Whether it is damaged is not known then. */
    static <T> T readBeginning(InputStream in, Body<T> beginning) throws IOException {
        return beginning.read(new IndexInput(in));
    }

    /**
     * Reads a file, its header included.
     *
     * @throws IOException if it cannot be read, or is damaged
     */
    static <T> T read(InputStream in, Body<T> body) throws IOException {
        IndexInput input = new IndexInput(in);
        T value;
        try {
            value = body.read(input);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException | ArithmeticException e) {
            // What is damaged is read before its check is: it may hold what no digest, time or name can be.
            throw new IOException("it is damaged", e);
        }
        input.finish();
        return value;
    }

    public long number() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = next();
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IOException("the index has a number without end");
    }

    public int count(int limit) throws IOException {
        long value = number();
        if (value < 0 || value > limit) {
            throw new IOException("the index has a number out of range: " + value);
        }
        return (int) value;
    }

    public long signed() throws IOException {
        long value = number();
        return (value >>> 1) ^ -(value & 1);
    }

    public String text() throws IOException {
        return UnixText.decode(bytes());
    }

    public byte[] bytes() throws IOException {
        byte[] bytes = new byte[count(MAX_BYTES)];
        for (int done = 0; done < bytes.length; ) {
            if (at == end) {
                refill();
            }
            int length = Math.min(end - at, bytes.length - done);
            System.arraycopy(buffer, at, bytes, done, length);
            at += length;
            done += length;
        }
        return bytes;
    }

    private byte next() throws IOException {
        if (at == end) {
            refill();
        }
        return buffer[at++];
    }

    private void refill() throws IOException {
        all.update(buffer, 0, end);
        at = 0;
        end = Math.max(0, in.read(buffer));
        if (end == 0) {
            throw new EOFException("the index ends too early");
        }
    }

    /** Checks that this is the end and nothing was damaged. */
    private void finish() throws IOException {
        all.update(buffer, 0, at);
        byte[] actual = all.digest();
        byte[] expected = Arrays.copyOf(Arrays.copyOfRange(buffer, at, end), Math.max(actual.length, end - at));
        int missing = expected.length - (end - at);
        if (in.readNBytes(expected, end - at, missing) < missing || in.read() >= 0) {
            throw new IOException("the index has no proper end");
        }
        if (!Arrays.equals(actual, expected)) {
            throw new IOException("the index is damaged");
        }
    }
}
