package dev.slipway.local.sandbox;

import dev.slipway.local.launch.Linux;
import java.util.ArrayList;
import java.util.List;

/**
 * Which device files a confined process may have. Docker lets a process make every device file, but has a control group refuse to
 * open most of them; a process that shares the control group of this program must not make those, for it could read the
 * machine's disks. The ones that are left are those that Docker lets it open.
 */
public final class DeviceRules {

    static final int TYPE_MASK = 0170000;

    private static final long ALL_BITS = 0xFFFFFFFFL;

    /** Overlayfs' whiteout, then null, zero, full, random, urandom, tty, console and ptmx. */
    private static final List<Long> HARMLESS = List.of(
            Linux.device(0, 0),
            Linux.device(1, 3),
            Linux.device(1, 5),
            Linux.device(1, 7),
            Linux.device(1, 8),
            Linux.device(1, 9),
            Linux.device(5, 0),
            Linux.device(5, 1),
            Linux.device(5, 2));

    private DeviceRules() {}

    /**
     * Numbers with bits in common.
     *
     * @param value the bits
     * @param mask which bits those are
     */
    record Block(long value, long mask) {}

    /**
     * A system call that makes files.
     *
     * @param modeArgument which of its arguments is the type and mode; the number of the device comes after it
     */
    record Call(String name, int modeArgument) {}

    /** The system calls that make device files. */
    static List<Call> calls() {
        return List.of(new Call("mknod", 1), new Call("mknodat", 2));
    }

    /** Whether a character device of this number is one that everybody may have. No block device is. */
    public static boolean isHarmless(long major, long minor) {
        return major <= 0xFFF && minor <= 0xFF && HARMLESS.contains(Linux.device((int) major, (int) minor));
    }

    /** The numbers of the character devices that a process may make. */
    static List<Long> harmless() {
        return HARMLESS;
    }

    /** All numbers that are not harmless, in as few blocks as possible: a rule of seccomp compares an argument only once. */
    static List<Block> others() {
        List<Block> blocks = new ArrayList<>();
        addOthers(0, Integer.SIZE, blocks);
        return List.copyOf(blocks);
    }

    private static void addOthers(long value, int freeBits, List<Block> blocks) {
        long mask = ALL_BITS << freeBits & ALL_BITS;
        if (HARMLESS.stream().noneMatch(number -> (number & mask) == value)) {
            blocks.add(new Block(value, mask));
        } else if (freeBits > 0) {
            addOthers(value, freeBits - 1, blocks);
            addOthers(value | 1L << freeBits - 1, freeBits - 1, blocks);
        }
    }
}
