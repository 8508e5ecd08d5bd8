package dev.slipway.local.supervision;

import dev.slipway.local.launch.SystemCall;
import java.util.Optional;

/** A call of a process that waits for its answer. It is good as long as whoever was asked has not answered. */
public final class SupervisedCall {

    private static final long IS_PENDING = 0x40082102; // SECCOMP_IOCTL_NOTIF_ID_VALID

    private final int listener;
    private final long id;
    private final int process;
    private final SystemCall call;
    private final long[] arguments;
    private final ProcessMemory memory;

    SupervisedCall(int listener, long id, int process, SystemCall call, long[] arguments, ProcessMemory memory) {
        this.listener = listener;
        this.id = id;
        this.process = process;
        this.call = call;
        this.arguments = arguments;
        this.memory = memory;
    }

    /** Which one it is. */
    public SystemCall call() {
        return call;
    }

    /** An argument; the first is 0. */
    public long argument(int position) {
        return arguments[position];
    }

    /**
     * The file that an argument names by an absolute path; empty if it does not, or the memory of the process cannot be read.
     *
     * @param follows whether a link at the end is followed
     */
    public Optional<SupervisedFile> named(int position, boolean follows) {
        Optional<byte[]> path = memory.path(process, arguments[position]);
        // The process may have ended, and its number be another's.
        return path.filter(bytes -> bytes.length > 0 && bytes[0] == '/' && isPending())
                .map(bytes -> SupervisedFile.named(memory, bytes, follows));
    }

    /** Whether an argument is an empty path. */
    public boolean isEmpty(int position) {
        return memory.path(process, arguments[position])
                .filter(bytes -> bytes.length == 0 && isPending())
                .isPresent();
    }

    /** The file that an argument is a descriptor of. */
    public SupervisedFile opened(int position) {
        return SupervisedFile.opened(memory, process, (int) arguments[position]);
    }

    /** Writes to where an argument points; whether that could be. */
    public boolean write(int position, byte[] bytes) {
        return memory.write(process, arguments[position], bytes);
    }

    private boolean isPending() {
        return Kernel.call(SystemCall.IOCTL, listener, IS_PENDING, memory.keep(id)) == 0;
    }

    /**
     * What is said to the process.
     *
     * @param isLeft whether the kernel does what was asked for
     * @param error else the number of the error; 0 if it is done
     */
    public record Answer(boolean isLeft, int error) {

        /** It is done. */
        public static final Answer DONE = new Answer(false, 0);

        /** The kernel does it. */
        public static final Answer LEFT = new Answer(true, 0);

        /** It fails, unless the error is 0. */
        public static Answer of(int error) {
            return new Answer(false, error);
        }
    }
}
