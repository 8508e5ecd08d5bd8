package dev.slipway.oci.layer;

import dev.slipway.llb.Digest;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.SkippedBytes;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** An uncompressed archive that is counted, bounded and digested while it is read. */
final class PlainTarStream extends FilterInputStream {

    private final long limit;
    private final MessageDigest sha256 = Digest.newSha256();
    private long count;
    private @Nullable Digest digest;

    PlainTarStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = in.read(buffer, offset, length);
        if (n > 0) {
            count += n;
            if (count > limit) {
                throw new InvalidImageException("the archive expands to more than " + limit + " bytes");
            }
            sha256.update(buffer, offset, n);
        }
        return n;
    }

    /** Skipped bytes belong to the digest too. */
    @Override
    public long skip(long wanted) throws IOException {
        return SkippedBytes.read(this, wanted);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    void drain() throws IOException {
        skip(Long.MAX_VALUE);
        if (digest == null) {
            digest = Digest.of(sha256.digest());
        }
    }

    long count() {
        return count;
    }

    Digest digest() {
        if (digest == null) {
            throw new IllegalStateException("the archive was not read to its end");
        }
        return digest;
    }
}
