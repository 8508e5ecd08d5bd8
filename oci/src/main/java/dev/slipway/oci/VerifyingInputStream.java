package dev.slipway.oci;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Checks a blob while it is read: reading fails as soon as there are more bytes than the descriptor says, and at the end if
 * there are fewer or if the digest differs.
 */
public final class VerifyingInputStream extends FilterInputStream {

    private final Descriptor descriptor;
    private final Optional<MessageDigest> digest;
    private final Listener listener;
    private long count;
    private boolean verified;

    private VerifyingInputStream(
            InputStream in, Descriptor descriptor, Optional<MessageDigest> digest, Listener listener) {
        super(in);
        this.descriptor = descriptor;
        this.digest = digest;
        this.listener = listener;
    }

    /** Checks a stream against a descriptor. A stream that already checks against the same one is returned as it is. */
    public static VerifyingInputStream of(InputStream in, Descriptor descriptor) {
        return in instanceof VerifyingInputStream checked
                        && checked.descriptor.digest().equals(descriptor.digest())
                        && checked.descriptor.size() == descriptor.size()
                ? checked
                : of(in, descriptor, Listener.NONE);
    }

    /** Hears the result, on the thread that reads. */
    public interface Listener {

        /** Ignores the result. */
        Listener NONE = new Listener() {};

        /** The stream was read to its end and is correct. */
        default void verified() {}

        /** The stream is not correct. The returned exception is thrown. */
        default InvalidImageException damaged(String message) throws IOException {
            return new InvalidImageException(message);
        }
    }

    /** A checked stream that reports its result. */
    public static VerifyingInputStream of(InputStream in, Descriptor descriptor, Listener listener) {
        return new VerifyingInputStream(
                in, descriptor, Optional.of(newDigest(descriptor.digest().algorithm())), listener);
    }

    /** A stream whose bytes were checked before, so that only their number is checked. */
    public static VerifyingInputStream ofVerified(InputStream in, Descriptor descriptor) {
        return new VerifyingInputStream(in, descriptor, Optional.empty(), Listener.NONE);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = in.read(buffer, offset, length);
        if (n < 0) {
            verify();
        } else {
            count += n;
            if (count > descriptor.size()) {
                throw listener.damaged("blob " + descriptor.digest() + " has more than the " + descriptor.size()
                        + " bytes it should have");
            }
            if (digest.isPresent()) {
                digest.get().update(buffer, offset, n);
            }
        }
        return n;
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
        return LargePieces.copy(this, out);
    }

    /** Skipped bytes are checked, too. */
    @Override
    public long skip(long wanted) throws IOException {
        return SkippedBytes.read(this, wanted);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void verify() throws IOException {
        if (verified) {
            return;
        }
        if (count != descriptor.size()) {
            throw listener.damaged(
                    "blob " + descriptor.digest() + " ends after " + count + " of " + descriptor.size() + " bytes");
        }
        if (digest.isPresent()) {
            verify(digest.get().digest());
        }
        verified = true;
        listener.verified();
    }

    private void verify(byte[] found) throws IOException {
        Digest actual =
                new Digest(descriptor.digest().algorithm(), HexFormat.of().formatHex(found));
        if (!actual.equals(descriptor.digest())) {
            throw listener.damaged("blob " + descriptor.digest() + " is damaged: its content has the digest " + actual);
        }
    }

    private static MessageDigest newDigest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.equals("sha512") ? "SHA-512" : "SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256 and SHA-512", e);
        }
    }
}
