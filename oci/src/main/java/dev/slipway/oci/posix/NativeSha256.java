package dev.slipway.oci.posix;

import static java.util.Objects.requireNonNull;

import com.sun.jna.Native;
import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 by the machine's libcrypto, for programs that end before Java's own becomes fast. That needs the optimizing compiler,
 * without which a command starts sooner but digests ten times slower. The library is loaded once there is enough to digest;
 * without it, Java's own is used.
 */
public final class NativeSha256 extends MessageDigestSpi implements Cloneable {

    /** So much is worth loading the library, in one message or in many: less takes Java no longer than that. */
    private static final int MUCH = 1 << 21;

    /** How much of a message is digested at a time once it has begun. */
    private static final int PIECE = 1 << 16;

    private static final int FIRST_SIZE = 256;
    private static final int DIGEST_SIZE = 32;

    private static final AtomicLong DIGESTED = new AtomicLong();

    /** Whether the library exists, once it has been looked for. */
    private static volatile boolean isLoaded;

    /** Bytes that have not been digested yet. */
    private byte[] buffer = new byte[FIRST_SIZE];

    private int count;

    /** How far the message has got, in the one way or the other; in neither while all of it is in the buffer. */
    private byte @Nullable [] state;

    private @Nullable MessageDigest java;

    /** Created by the JDK, by name. */
    public NativeSha256() {}

    /** Makes this the SHA-256 of the whole program. */
    public static void install() {
        Security.insertProviderAt(new SlipwayProvider(), 1);
    }

    private static final class SlipwayProvider extends Provider {

        private static final long serialVersionUID = 1;

        private SlipwayProvider() {
            super("Slipway", "1", "SHA-256 by libcrypto");
            put("MessageDigest.SHA-256", NativeSha256.class.getName());
        }
    }

    /** The library. It is looked for once. */
    private static final class Crypto {

        /** Its SHA256_CTX: eight words of digest, two of length, a block, and two numbers. */
        private static final int STATE_SIZE = 112;

        private static final boolean LOADED = load();

        private Crypto() {}

        private static boolean load() {
            for (String name : List.of("libcrypto.so.3", "libcrypto.so.1.1")) {
                try {
                    Native.register(Crypto.class, name);
                    return true;
                } catch (LinkageError e) {
                    continue; // There may be another version, or this system may not allow native calls.
                }
            }
            return false;
        }

        private static native int SHA256_Init(byte[] state);

        private static native int SHA256_Update(byte[] state, byte[] data, long length);

        private static native int SHA256_Final(byte[] digest, byte[] state);
    }

    @Override
    protected int engineGetDigestLength() {
        return DIGEST_SIZE;
    }

    @Override
    protected void engineUpdate(byte input) {
        engineUpdate(new byte[] {input}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        int from = offset;
        int rest = length;
        while (rest > 0) {
            int limit = hasBegun() || isLoaded ? PIECE : MUCH;
            if (count >= limit) {
                flush();
                continue;
            }
            int taken = Math.min(rest, limit - count);
            if (count + taken > buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.min(limit, Math.max(count + taken, 2 * buffer.length)));
            }
            System.arraycopy(input, from, buffer, count, taken);
            count += taken;
            from += taken;
            rest -= taken;
        }
    }

    /** Digests what is in the buffer. */
    private void flush() {
        if (!hasBegun()) {
            begin();
        }
        if (state != null) {
            Crypto.SHA256_Update(state, buffer, count);
        } else {
            requireNonNull(java).update(buffer, 0, count);
        }
        if (buffer.length > PIECE) {
            buffer = new byte[PIECE];
        }
        count = 0;
    }

    private boolean hasBegun() {
        return state != null || java != null;
    }

    private void begin() {
        if (isLoaded || DIGESTED.addAndGet(count) >= MUCH && Crypto.LOADED) {
            isLoaded = true;
            state = new byte[Crypto.STATE_SIZE];
            Crypto.SHA256_Init(state);
        } else {
            java = javas();
        }
    }

    private static MessageDigest javas() {
        try {
            return MessageDigest.getInstance("SHA-256", "SUN");
        } catch (NoSuchAlgorithmException | NoSuchProviderException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    protected byte[] engineDigest() {
        flush();
        byte[] digest;
        if (state != null) {
            digest = new byte[DIGEST_SIZE];
            Crypto.SHA256_Final(digest, state);
        } else {
            digest = requireNonNull(java).digest();
        }
        engineReset();
        return digest;
    }

    @Override
    protected void engineReset() {
        count = 0;
        state = null;
        java = null;
    }

    @Override
    public Object clone() throws CloneNotSupportedException {
        NativeSha256 copy = (NativeSha256) super.clone();
        copy.buffer = buffer.clone();
        copy.state = state == null ? null : state.clone();
        copy.java = java == null ? null : (MessageDigest) java.clone();
        return copy;
    }
}
