package dev.slipway.local.cgroup;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link DeviceRule} as a program for the kernel's BPF machine, which is how groups of version 2 have one. It is asked at each
 * opening and making of a device, and answers with 1 if that may be.
 */
final class DeviceProgram {

    /** Bytes of an instruction. */
    static final int INSTRUCTION_SIZE = 8;

    private static final int LOAD_WORD = 0x61;
    private static final int MOVE = 0xb7;
    private static final int MOVE_REGISTER = 0xbf;
    private static final int AND = 0x57;
    private static final int SHIFT_RIGHT = 0x77;
    private static final int JUMP_UNLESS_EQUAL = 0x55;
    private static final int EXIT = 0x95;

    private static final int RESULT = 0;
    private static final int CONTEXT = 1;
    private static final int TYPE = 2;
    private static final int ACCESS = 3;
    private static final int MAJOR = 4;
    private static final int MINOR = 5;

    /** What the context has where: type in the lower and access in the upper half of the first word. */
    private static final int TYPE_AND_ACCESS_AT = 0;

    private static final int MAJOR_AT = 4;
    private static final int MINOR_AT = 8;

    private static final int BLOCK = 1;
    private static final int CHARACTER = 2;
    private static final int MAKE = 1;

    private final List<byte[]> instructions = new ArrayList<>();

    private DeviceProgram() {}

    /** The program of a rule. */
    static byte[] of(DeviceRule rule) {
        DeviceProgram program = new DeviceProgram();
        program.add(LOAD_WORD, TYPE, CONTEXT, TYPE_AND_ACCESS_AT, 0);
        program.add(MOVE_REGISTER, ACCESS, TYPE, 0, 0);
        program.add(AND, TYPE, 0, 0, 0xffff);
        program.add(SHIFT_RIGHT, ACCESS, 0, 0, 16);
        program.add(LOAD_WORD, MAJOR, CONTEXT, MAJOR_AT, 0);
        program.add(LOAD_WORD, MINOR, CONTEXT, MINOR_AT, 0);
        program.allowIf(List.of(new Condition(ACCESS, MAKE)));
        for (DeviceRule.Allowed allowed : rule.allowed()) {
            List<Condition> conditions = new ArrayList<>();
            conditions.add(new Condition(TYPE, allowed.type() == 'b' ? BLOCK : CHARACTER));
            conditions.add(new Condition(MAJOR, allowed.major()));
            if (allowed.minor() >= 0) {
                conditions.add(new Condition(MINOR, allowed.minor()));
            }
            program.allowIf(conditions);
        }
        program.answer(0);
        return program.bytes();
    }

    private record Condition(int register, int value) {}

    private void allowIf(List<Condition> conditions) {
        int toNext = conditions.size() + 1;
        for (Condition condition : conditions) {
            add(JUMP_UNLESS_EQUAL, condition.register(), 0, toNext--, condition.value());
        }
        answer(1);
    }

    private void answer(int value) {
        add(MOVE, RESULT, 0, 0, value);
        add(EXIT, 0, 0, 0, 0);
    }

    private void add(int code, int target, int source, int offset, int value) {
        instructions.add(ByteBuffer.allocate(INSTRUCTION_SIZE)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) code)
                .put((byte) (source << 4 | target))
                .putShort((short) offset)
                .putInt(value)
                .array());
    }

    private byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(instructions.size() * INSTRUCTION_SIZE);
        instructions.forEach(bytes::put);
        return bytes.array();
    }
}
