package dev.slipway.local.store;

import dev.slipway.llb.Digest;
import dev.slipway.local.layer.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** The bytes of a file, checked against their digest while they are read: no damage of the store gets into an image. */
final class CheckedContent extends FilterInputStream {

    private final Content content;
    private final Contents store;
    private final MessageDigest digest = Digest.newSha256();
    private long left;

    CheckedContent(InputStream in, Content content, Contents store) {
        super(in);
        this.content = content;
        this.store = store;
        this.left = content.size();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left == 0 || length == 0) {
            return length == 0 ? 0 : -1;
        }
        int n = super.read(buffer, offset, (int) Math.min(length, left));
        if (n > 0) {
            digest.update(buffer, offset, n);
            left -= n;
        }
        if (n < 0 || left == 0 && !Digest.of(digest.digest()).equals(content.digest())) {
            throw store.damaged(content.home(), "the bytes of a file are not what they were");
        }
        return n;
    }

    @Override
    public long skip(long wanted) throws IOException {
        return readNBytes((int) Math.min(Math.max(wanted, 0), Integer.MAX_VALUE)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
