package dev.slipway.local.supervision;

import dev.slipway.local.launch.SystemCall;
import dev.slipway.oci.disk.FileStatus;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;

/** What the kernel says of a file, in the form in which a process gets it. */
public final class SupervisedStatus {

    private static final int SECONDS_OF_CHANGE = 104;
    private static final int SECONDS_OF_MODIFICATION = 88;
    private static final int INODE = 8;
    private static final int SIZE = 48;

    /** Only amd64 has the older calls; it also has a form of its own. */
    private static final boolean IS_AMD64 = SystemCall.STAT.number() >= 0;

    private static final int MODE = IS_AMD64 ? 24 : 16;
    private static final int LINKS = IS_AMD64 ? 16 : 20;
    private static final int USER = IS_AMD64 ? 28 : 24;
    private static final int SPECIAL = IS_AMD64 ? 40 : 32;

    private final int error;
    private final ByteBuffer raw;

    SupervisedStatus(int error, byte[] raw) {
        this.error = error;
        this.raw = ByteBuffer.wrap(raw).order(ByteOrder.nativeOrder());
    }

    static int length() {
        return IS_AMD64 ? 144 : 128;
    }

    /** 0, or the number of the error: then there is nothing else. */
    public int error() {
        return error;
    }

    /** What it says. */
    public FileStatus toFileStatus() {
        return new FileStatus(
                raw.getInt(MODE),
                Integer.toUnsignedLong(raw.getInt(USER)),
                Integer.toUnsignedLong(raw.getInt(USER + Integer.BYTES)),
                raw.getLong(SIZE),
                time(SECONDS_OF_MODIFICATION),
                time(SECONDS_OF_CHANGE),
                raw.getLong(0),
                raw.getLong(INODE),
                raw.getInt(LINKS),
                raw.getLong(SPECIAL));
    }

    private Instant time(int seconds) {
        return Instant.ofEpochSecond(raw.getLong(seconds), raw.getLong(seconds + Long.BYTES));
    }

    /** The bytes, with another owner. */
    public byte[] withOwner(int uid, int gid) {
        byte[] bytes = raw.array().clone();
        ByteBuffer.wrap(bytes).order(raw.order()).putInt(USER, uid).putInt(USER + Integer.BYTES, gid);
        return bytes;
    }
}
