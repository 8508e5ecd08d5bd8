package dev.slipway.local.sandbox.confine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The condition that an argument of a system call has these values in these bits. Only the lower 32 bits count: the kernel sees no
 * others of such an argument.
 *
 * @param argument which one; the first is 0
 * @param mask which bits those are
 */
public record ArgumentBits(int argument, int mask, int value) {

    static final int ALL = -1;

    static ArgumentBits equal(int argument, int value) {
        return new ArgumentBits(argument, ALL, value);
    }

    /** Conditions of which one holds where an argument has none of these values in these bits, in as few blocks as possible. */
    static List<ArgumentBits> otherThan(int argument, int mask, Collection<Integer> values) {
        List<ArgumentBits> blocks = new ArrayList<>();
        addOthers(new ArgumentBits(argument, 0, 0), mask, values, blocks);
        return List.copyOf(blocks);
    }

    private static void addOthers(ArgumentBits block, int free, Collection<Integer> values, List<ArgumentBits> blocks) {
        boolean isFree = true;
        for (int value : values) {
            isFree &= !block.hold(value);
        }
        if (isFree) {
            blocks.add(block);
        } else if (free != 0) {
            int bit = Integer.highestOneBit(free);
            addOthers(new ArgumentBits(block.argument, block.mask | bit, block.value), free & ~bit, values, blocks);
            addOthers(
                    new ArgumentBits(block.argument, block.mask | bit, block.value | bit), free & ~bit, values, blocks);
        }
    }

    /** Whether the argument may be this one. */
    boolean hold(int number) {
        return (number & mask) == value;
    }
}
