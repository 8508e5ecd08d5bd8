package dev.slipway.local.supervision;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import dev.slipway.local.launch.SystemCall;

/** System calls by their numbers: not every C library has functions for them, or passes on what the kernel says as it is. */
final class Kernel {

    static final int ENOENT = 2;
    static final int EINTR = 4;

    static {
        Native.register(Kernel.class, Platform.C_LIBRARY_NAME);
    }

    private Kernel() {}

    private static native long syscall(
            long number, long first, long second, long third, long fourth, long fifth, long sixth);

    /** The result; an error is its number below zero. */
    static long call(SystemCall call, long... arguments) {
        long result = syscall(
                call.number(),
                argument(arguments, 0),
                argument(arguments, 1),
                argument(arguments, 2),
                argument(arguments, 3),
                argument(arguments, 4),
                argument(arguments, 5));
        return result == -1 ? -Native.getLastError() : result;
    }

    private static long argument(long[] arguments, int position) {
        return position < arguments.length ? arguments[position] : 0;
    }

    /** The address of memory, which must not be collected until the call that takes it has returned. */
    static long address(Memory memory) {
        return Pointer.nativeValue(memory);
    }
}
