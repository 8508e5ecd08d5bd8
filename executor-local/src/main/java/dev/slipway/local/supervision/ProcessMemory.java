package dev.slipway.local.supervision;

import com.sun.jna.Memory;
import dev.slipway.local.launch.SystemCall;
import java.util.Arrays;
import java.util.Optional;

/**
 * Copies between this program's memory and that of other processes, and keeps what system calls want in memory. For one thread.
 */
final class ProcessMemory {

    /** The longest path, with the NUL at its end. */
    private static final int PATH = 4096;

    private static final int PAGE = 4096;

    /** Enough for {@code struct stat} on all processors. */
    private static final int STATUS = 256;

    private final Memory own = new Memory(2 * Long.BYTES);
    private final Memory others = new Memory(4 * Long.BYTES);
    private final Memory buffer = new Memory(PATH);
    private final Memory status = new Memory(STATUS);

    /** Reads a text that ends in NUL; empty if it cannot. */
    Optional<byte[]> path(int process, long address) {
        // The page behind the text may not be there.
        long first = Math.min(PATH, PAGE - Long.remainderUnsigned(address, PAGE));
        set(own, 0, Kernel.address(buffer), PATH);
        set(others, 0, address, first);
        set(others, 2 * Long.BYTES, address + first, PATH - first);
        long length =
                Kernel.call(SystemCall.PROCESS_VM_READV, process, Kernel.address(own), 1, Kernel.address(others), 2, 0);
        if (length <= 0) {
            return Optional.empty();
        }
        byte[] read = buffer.getByteArray(0, (int) length);
        for (int end = 0; end < length; end++) {
            if (read[end] == 0) {
                return Optional.of(Arrays.copyOf(read, end));
            }
        }
        return Optional.empty();
    }

    /** The address of a text, good until the next call. */
    long keep(byte[] text) {
        buffer.write(0, text, 0, text.length);
        buffer.setByte(text.length, (byte) 0);
        return Kernel.address(buffer);
    }

    /** The address of a number, good until the next call. */
    long keep(long number) {
        own.setLong(0, number);
        return Kernel.address(own);
    }

    /** Where a call puts the status of a file. */
    long status() {
        return Kernel.address(status);
    }

    byte[] readStatus(int length) {
        return status.getByteArray(0, length);
    }

    /** Writes; whether it could be. */
    boolean write(int process, long address, byte[] bytes) {
        buffer.write(0, bytes, 0, bytes.length);
        set(own, 0, Kernel.address(buffer), bytes.length);
        set(others, 0, address, bytes.length);
        return Kernel.call(SystemCall.PROCESS_VM_WRITEV, process, Kernel.address(own), 1, Kernel.address(others), 1, 0)
                == bytes.length;
    }

    private static void set(Memory vector, long offset, long address, long length) {
        vector.setLong(offset, address);
        vector.setLong(offset + Long.BYTES, length);
    }
}
