package dev.slipway.local.sandbox;

import dev.slipway.local.launch.Linux;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@link SeccompRules} as a program for the kernel's filter machine. An instruction is 8 bytes: code, how far to jump if a
 * comparison holds and if it does not, and a value.
 */
final class SeccompFilter {

    static final int INSTRUCTION_SIZE = 8;

    private static final int LOAD = 0x20;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_GREATER_OR_EQUAL = 0x35;
    private static final int JUMP_IF_ANY_BIT = 0x45;
    private static final int AND = 0x54;
    private static final int RETURN = 0x06;

    private static final int ALLOW = 0x7fff0000;
    private static final int FAIL = 0x00050000;
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;

    /** Where a filter finds what it is asked about. */
    private static final int NUMBER = 0;

    private static final int ABI = 4;
    private static final int FIRST_ARGUMENT = 16;
    private static final int ARGUMENT_SIZE = 8;

    /** From here on, numbers on amd64 are those of its third set, x32. */
    private static final int X32 = 0x40000000;

    private SeccompFilter() {}

    private record Instruction(int code, int ifTrue, int ifFalse, int value) {}

    /** The program of this machine; empty if there are no rules for it. */
    static byte[] program() {
        List<SeccompRules.Abi> abis = SeccompRules.Abi.host();
        if (abis.isEmpty()) {
            return new byte[0];
        }
        List<Instruction> program = new ArrayList<>();
        program.add(new Instruction(LOAD, 0, 0, ABI));
        for (SeccompRules.Abi abi : abis) {
            List<Instruction> section = section(abi);
            program.add(new Instruction(JUMP_IF_EQUAL, 0, section.size(), abi.audit));
            program.addAll(section);
        }
        program.add(new Instruction(RETURN, 0, 0, FAIL | ENOSYS));

        ByteBuffer bytes =
                ByteBuffer.allocate(program.size() * INSTRUCTION_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        for (Instruction instruction : program) {
            bytes.putShort((short) instruction.code());
            bytes.put((byte) instruction.ifTrue()).put((byte) instruction.ifFalse());
            bytes.putInt(instruction.value());
        }
        return bytes.array();
    }

    /** The instructions for one set of numbers. They end in three returns, to which the others jump. */
    private static List<Instruction> section(SeccompRules.Abi abi) {
        List<Integer> refused = SeccompRules.numbers(abi);
        List<Instruction> devices = new ArrayList<>();
        DeviceRules.calls()
                .forEach(call -> abi.number(call).ifPresent(number -> devices.addAll(devices(number, call))));
        int allow = refused.size() + 10 + devices.size();
        int refuse = allow + 1;
        int unknown = allow + 2;
        List<Instruction> section = new ArrayList<>();
        section.add(new Instruction(LOAD, 0, 0, NUMBER));
        compare(section, JUMP_IF_GREATER_OR_EQUAL, X32, refuse);
        refused.forEach(number -> compare(section, JUMP_IF_EQUAL, number, refuse));
        // Its flags are in memory, where a filter sees nothing: C libraries go back to clone then.
        compare(section, JUMP_IF_EQUAL, abi.clone3, unknown);

        section.addAll(devices);
        section.add(new Instruction(JUMP_IF_EQUAL, 0, 3, abi.clone));
        section.add(new Instruction(LOAD, 0, 0, FIRST_ARGUMENT));
        compare(section, JUMP_IF_ANY_BIT, SeccompRules.NAMESPACE_FLAGS, refuse);
        section.add(new Instruction(RETURN, 0, 0, ALLOW));
        section.add(new Instruction(JUMP_IF_EQUAL, 0, 2, abi.socket));
        section.add(new Instruction(LOAD, 0, 0, FIRST_ARGUMENT));
        compare(section, JUMP_IF_EQUAL, SeccompRules.VSOCK, refuse);

        section.add(new Instruction(RETURN, 0, 0, ALLOW));
        section.add(new Instruction(RETURN, 0, 0, FAIL | EPERM));
        section.add(new Instruction(RETURN, 0, 0, FAIL | ENOSYS));
        return section;
    }

    /** The instructions for a call that makes device files; they go on after the last one if it is another call. */
    private static List<Instruction> devices(int number, DeviceRules.Call call) {
        int mode = FIRST_ARGUMENT + ARGUMENT_SIZE * call.modeArgument();
        List<Long> harmless = DeviceRules.harmless();
        List<Instruction> rules = new ArrayList<>();
        rules.add(new Instruction(LOAD, 0, 0, mode));
        rules.add(new Instruction(AND, 0, 0, DeviceRules.TYPE_MASK));
        rules.add(new Instruction(JUMP_IF_EQUAL, harmless.size() + 3, 0, (int) Linux.S_IFBLK));
        rules.add(new Instruction(JUMP_IF_EQUAL, 1, 0, (int) Linux.S_IFCHR));
        rules.add(new Instruction(RETURN, 0, 0, ALLOW));
        rules.add(new Instruction(LOAD, 0, 0, mode + ARGUMENT_SIZE));
        for (int i = 0; i < harmless.size(); i++) {
            int toAllow = harmless.size() - i;
            rules.add(new Instruction(JUMP_IF_EQUAL, toAllow, 0, harmless.get(i).intValue()));
        }
        rules.add(new Instruction(RETURN, 0, 0, FAIL | EPERM));
        rules.add(new Instruction(RETURN, 0, 0, ALLOW));
        rules.add(0, new Instruction(JUMP_IF_EQUAL, 0, rules.size(), number));
        return rules;
    }

    /** A comparison that jumps to an instruction of the section if it holds, else goes on. */
    private static void compare(List<Instruction> section, int comparison, int value, int target) {
        section.add(new Instruction(comparison, target - section.size() - 1, 0, value));
    }
}
