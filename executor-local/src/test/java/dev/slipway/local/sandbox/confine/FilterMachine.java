package dev.slipway.local.sandbox.confine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The kernel's filter machine, as far as filters of system calls use it. */
final class FilterMachine {

    static final int ALLOW = 0x7fff0000;
    static final int FAIL = 0x00050000;

    private static final int CALL_SIZE = 64;

    private final ByteBuffer program;
    private int steps;

    FilterMachine(byte[] program) {
        this.program = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What the filter says to a call. */
    int answer(int abi, int number, long... arguments) {
        ByteBuffer call = ByteBuffer.allocate(CALL_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        call.putInt(number).putInt(abi).putLong(0);
        for (long argument : arguments) {
            call.putLong(argument);
        }
        int accumulator = 0;
        steps = 0;
        for (int at = 0; ; at += SeccompFilter.INSTRUCTION_SIZE) {
            steps++;
            int code = program.getShort(at);
            int value = program.getInt(at + 4);
            switch (code) {
                case 0x20 -> accumulator = call.getInt(value);
                case 0x54 -> accumulator &= value;
                case 0x05 -> at += value * SeccompFilter.INSTRUCTION_SIZE;
                case 0x15 -> at += jump(at, accumulator == value);
                case 0x35 -> at += jump(at, Integer.compareUnsigned(accumulator, value) >= 0);
                case 0x06 -> {
                    return value;
                }
                default -> throw new IllegalStateException("no instruction: " + Integer.toHexString(code));
            }
        }
    }

    private int jump(int at, boolean holds) {
        return Byte.toUnsignedInt(program.get(at + (holds ? 2 : 3))) * SeccompFilter.INSTRUCTION_SIZE;
    }

    /** How many instructions the last answer took. */
    int steps() {
        return steps;
    }
}
