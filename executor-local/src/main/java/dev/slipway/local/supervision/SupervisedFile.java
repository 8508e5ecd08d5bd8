package dev.slipway.local.supervision;

import com.sun.jna.Memory;
import dev.slipway.local.launch.Linux;
import dev.slipway.local.launch.SystemCall;
import dev.slipway.local.posix.PathText;
import dev.slipway.oci.layer.UnixText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a call of another process is about, by the name that it has for this program. */
public final class SupervisedFile {

    /** Enough for {@code struct stat} on all processors. */
    private static final int STATUS_SIZE = 256;

    private static final long WORKING_FOLDER = -100;

    private final byte[] name;
    private final boolean isDescriptor;
    private final boolean follows;

    private SupervisedFile(byte[] name, boolean isDescriptor, boolean follows) {
        this.name = name;
        this.isDescriptor = isDescriptor;
        this.follows = follows;
    }

    /** @param follows whether a link at the end is followed */
    static SupervisedFile named(byte[] name, boolean follows) {
        return new SupervisedFile(name, false, follows);
    }

    static SupervisedFile opened(int process, int descriptor) {
        return new SupervisedFile(bytes("/proc/" + process + "/fd/" + descriptor), true, true);
    }

    private static byte[] bytes(String text) {
        return UnixText.encode(text);
    }

    /** Its absolute path, as it is now. */
    public Path path() throws IOException {
        Path path = PathText.resolve(Path.of("/"), UnixText.decode(name).substring(1));
        return isDescriptor ? Files.readSymbolicLink(path) : path;
    }

    /** Whether this begins its path. */
    public boolean startsWith(String text) {
        byte[] start = bytes(text);
        return name.length >= start.length && Arrays.equals(start, 0, start.length, name, 0, start.length);
    }

    /** The status that the kernel gives, as {@code struct stat} of this machine. */
    public SupervisedStatus status() {
        Memory path = path(name);
        Memory status = new Memory(STATUS_SIZE);
        status.clear();
        long result = Kernel.call(
                SystemCall.NEWFSTATAT, WORKING_FOLDER, Kernel.address(path), Kernel.address(status), flags());
        byte[] raw = new byte[SupervisedStatus.length()];
        status.read(0, raw, 0, raw.length);
        path.close();
        status.close();
        return new SupervisedStatus((int) -result, ByteBuffer.wrap(raw).order(ByteOrder.nativeOrder()));
    }

    /**
     * Gives it to whom it belongs, so that it changes as it does when it is given to anybody: the time, and the bits that give the
     * rights of its owner.
     *
     * @return 0, or the number of the error
     */
    public int giveToOwner() {
        Memory path = path(name);
        long result = Kernel.call(SystemCall.FCHOWNAT, WORKING_FOLDER, Kernel.address(path), -1, -1, flags());
        path.close();
        return (int) -result;
    }

    private long flags() {
        return follows ? 0 : Linux.AT_SYMLINK_NOFOLLOW;
    }

    private static Memory path(byte[] name) {
        Memory path = new Memory(name.length + 1L);
        path.write(0, name, 0, name.length);
        path.setByte(name.length, (byte) 0);
        return path;
    }
}
