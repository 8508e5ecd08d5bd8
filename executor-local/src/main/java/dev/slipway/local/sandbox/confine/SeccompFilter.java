package dev.slipway.local.sandbox.confine;

import dev.slipway.local.sandbox.confine.SeccompRules.Verdict;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@link SeccompRules} as a program for the kernel's filter machine: a binary search for the number of the call. An
 * instruction is 8 bytes: code, how far to jump if a comparison holds and if it does not, and a value.
 *
 * <p>The kernel finds out beforehand which calls are allowed whatever their arguments are, and asks nothing of the program for
 * those (since Linux 5.11).
 */
public final class SeccompFilter {

    public static final int INSTRUCTION_SIZE = 8;

    private static final int LOAD = 0x20;
    private static final int JUMP = 0x05;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_GREATER_OR_EQUAL = 0x35;
    private static final int AND = 0x54;
    private static final int RETURN = 0x06;
    private static final int LONGEST_CONDITIONAL_JUMP = 255;

    private static final int ALLOW = 0x7fff0000;
    private static final int FAIL = 0x00050000;

    /** Where a filter finds what it is asked about. */
    private static final int NUMBER = 0;

    private static final int ABI = 4;
    private static final int FIRST_ARGUMENT = 16;
    private static final int ARGUMENT_SIZE = 8;

    private SeccompFilter() {}

    private record Instruction(int code, int ifTrue, int ifFalse, int value) {

        Instruction(int code, int value) {
            this(code, 0, 0, value);
        }
    }

    /** Numbers from this one up to the next range. */
    private record Range(int first, Verdict verdict) {}

    /**
     * The program of this machine; empty if there are no rules for it.
     *
     * @param capabilities what the process may do at most
     */
    public static byte[] program(long capabilities) {
        return program(SeccompRules.Abi.host(), capabilities);
    }

    static byte[] program(List<SeccompRules.Abi> abis, long capabilities) {
        if (abis.isEmpty()) {
            return new byte[0];
        }
        List<Instruction> program = new ArrayList<>();
        program.add(new Instruction(LOAD, ABI));
        for (SeccompRules.Abi abi : abis) {
            List<Instruction> section = new ArrayList<>();
            section.add(new Instruction(LOAD, NUMBER));
            section.addAll(search(ranges(abi, capabilities)));
            program.add(new Instruction(JUMP_IF_EQUAL, 1, 0, abi.audit));
            program.add(new Instruction(JUMP, section.size()));
            program.addAll(section);
        }
        program.addAll(answer(Verdict.UNKNOWN));
        return encode(program);
    }

    private static byte[] encode(List<Instruction> program) {
        ByteBuffer bytes =
                ByteBuffer.allocate(program.size() * INSTRUCTION_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        for (Instruction instruction : program) {
            bytes.putShort((short) instruction.code());
            bytes.put((byte) instruction.ifTrue()).put((byte) instruction.ifFalse());
            bytes.putInt(instruction.value());
        }
        return bytes.array();
    }

    /** All numbers there can be, in ranges of what becomes of them. */
    private static List<Range> ranges(SeccompRules.Abi abi, long capabilities) {
        List<Range> ranges = new ArrayList<>();
        int next = 0;
        for (var call : SeccompRules.byNumber(abi, capabilities).entrySet()) {
            if (call.getKey() > next) {
                add(ranges, next, Verdict.UNKNOWN);
            }
            add(ranges, call.getKey(), call.getValue());
            next = call.getKey() + 1;
        }
        add(ranges, next, Verdict.UNKNOWN);
        return ranges;
    }

    private static void add(List<Range> ranges, int first, Verdict verdict) {
        if (ranges.isEmpty() || !ranges.get(ranges.size() - 1).verdict().equals(verdict)) {
            ranges.add(new Range(first, verdict));
        }
    }

    private static List<Instruction> search(List<Range> ranges) {
        if (ranges.size() == 1) {
            return answer(ranges.get(0).verdict());
        }
        int middle = ranges.size() / 2;
        List<Instruction> below = search(ranges.subList(0, middle));
        List<Instruction> search = new ArrayList<>();
        int first = ranges.get(middle).first();
        if (below.size() <= LONGEST_CONDITIONAL_JUMP) {
            search.add(new Instruction(JUMP_IF_GREATER_OR_EQUAL, below.size(), 0, first));
        } else {
            search.add(new Instruction(JUMP_IF_GREATER_OR_EQUAL, 0, 1, first));
            search.add(new Instruction(JUMP, below.size()));
        }
        search.addAll(below);
        search.addAll(search(ranges.subList(middle, ranges.size())));
        return search;
    }

    /** Looks for what is allowed or for what is refused, whichever there is less of. */
    private static List<Instruction> answer(Verdict verdict) {
        boolean looksForAllowed = verdict.allowed().size() < verdict.refused().size();
        int refuse = FAIL | verdict.error().number();
        List<Instruction> answer = new ArrayList<>();
        for (List<ArgumentBits> all : looksForAllowed ? verdict.allowed() : verdict.refused()) {
            List<Instruction> rest =
                    new ArrayList<>(List.of(new Instruction(RETURN, looksForAllowed ? ALLOW : refuse)));
            for (int position = all.size() - 1; position >= 0; position--) {
                rest.addAll(0, condition(all.get(position), rest.size()));
            }
            answer.addAll(rest);
        }
        answer.add(new Instruction(RETURN, looksForAllowed ? refuse : ALLOW));
        return answer;
    }

    /** Goes on if it holds, else jumps over the rest. */
    private static List<Instruction> condition(ArgumentBits bits, int rest) {
        List<Instruction> condition = new ArrayList<>();
        condition.add(new Instruction(LOAD, FIRST_ARGUMENT + ARGUMENT_SIZE * bits.argument()));
        if (bits.mask() != ArgumentBits.ALL) {
            condition.add(new Instruction(AND, bits.mask()));
        }
        condition.add(new Instruction(JUMP_IF_EQUAL, 0, rest, bits.value()));
        return condition;
    }
}
