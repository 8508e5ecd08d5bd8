package dev.slipway.local.supervision;

import dev.slipway.local.launch.Linux;
import dev.slipway.local.launch.SystemCall;
import dev.slipway.oci.layer.UnixText;
import dev.slipway.oci.posix.PathText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a call of another process is about, by the name that it has for this program. */
public final class SupervisedFile {

    private static final long WORKING_FOLDER = -100;

    private final ProcessMemory memory;
    private final byte[] name;
    private final boolean isDescriptor;
    private final boolean follows;

    private SupervisedFile(ProcessMemory memory, byte[] name, boolean isDescriptor, boolean follows) {
        this.memory = memory;
        this.name = name;
        this.isDescriptor = isDescriptor;
        this.follows = follows;
    }

    /** @param follows whether a link at the end is followed */
    static SupervisedFile named(ProcessMemory memory, byte[] name, boolean follows) {
        return new SupervisedFile(memory, name, false, follows);
    }

    static SupervisedFile opened(ProcessMemory memory, int process, int descriptor) {
        return new SupervisedFile(memory, bytes("/proc/" + process + "/fd/" + descriptor), true, true);
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
        long path = memory.keep(name);
        long result = Kernel.call(SystemCall.NEWFSTATAT, WORKING_FOLDER, path, memory.status(), flags());
        return new SupervisedStatus((int) -result, memory.readStatus(SupervisedStatus.length()));
    }

    /**
     * Gives it to whom it belongs, so that it changes as it does when it is given to anybody: the time, and the bits that give
     * the rights of its owner.
     *
     * @return 0, or the number of the error
     */
    public int giveToOwner() {
        long path = memory.keep(name);
        return (int) -Kernel.call(SystemCall.FCHOWNAT, WORKING_FOLDER, path, -1, -1, flags());
    }

    private long flags() {
        return follows ? 0 : Linux.AT_SYMLINK_NOFOLLOW;
    }
}
