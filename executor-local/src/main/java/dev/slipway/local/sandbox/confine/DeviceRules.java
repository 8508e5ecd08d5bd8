package dev.slipway.local.sandbox.confine;

import dev.slipway.local.launch.Linux;
import java.util.ArrayList;
import java.util.List;

/**
 * Which device files a confined process may have. Docker lets a process make every device file, but has a control group refuse to
 * open most of them; a process that shares the control group of this program must not make those, for it could read the
 * machine's disks, unless it has a group of its own with such a rule. The ones that are left are those that Docker lets it open.
 */
public final class DeviceRules {

    private static final int TYPE = 0170000;
    private static final int BLOCK = (int) Linux.S_IFBLK;
    private static final int CHARACTER = (int) Linux.S_IFCHR;

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

    /** Whether a character device of this number is one that everybody may have. No block device is. */
    public static boolean isHarmless(long major, long minor) {
        return major <= 0xFFF && minor <= 0xFF && HARMLESS.contains(Linux.device((int) major, (int) minor));
    }

    /** The numbers of the character devices that a process may make. */
    public static List<Long> harmless() {
        return HARMLESS;
    }

    /**
     * What a process may make: files of other types, and devices that are harmless.
     *
     * @param mode which argument is the type and mode; the number of the device comes after it
     */
    static List<List<ArgumentBits>> allowed(int mode) {
        List<List<ArgumentBits>> allowed = new ArrayList<>();
        ArgumentBits.otherThan(mode, TYPE, List.of(BLOCK, CHARACTER)).forEach(type -> allowed.add(List.of(type)));
        ArgumentBits isCharacter = new ArgumentBits(mode, TYPE, CHARACTER);
        HARMLESS.forEach(device -> allowed.add(List.of(isCharacter, ArgumentBits.equal(mode + 1, device.intValue()))));
        return List.copyOf(allowed);
    }

    /** What it may not make. */
    static List<List<ArgumentBits>> refused(int mode) {
        List<List<ArgumentBits>> refused = new ArrayList<>();
        refused.add(List.of(new ArgumentBits(mode, TYPE, BLOCK)));
        ArgumentBits isCharacter = new ArgumentBits(mode, TYPE, CHARACTER);
        List<Integer> harmless = HARMLESS.stream().map(Long::intValue).toList();
        ArgumentBits.otherThan(mode + 1, ArgumentBits.ALL, harmless)
                .forEach(block -> refused.add(List.of(isCharacter, block)));
        return List.copyOf(refused);
    }
}
