package dev.slipway.local.sandbox.confine;

import static dev.slipway.local.sandbox.confine.ArgumentBits.equal;
import static dev.slipway.local.sandbox.confine.ArgumentBits.otherThan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** With which arguments a system call is allowed. Each list holds alternatives, and each of these what must hold at once. */
enum ArgumentRule {
    /** {@code clone} makes processes and threads, but no namespaces. */
    NO_NAMESPACES(List.of(List.of(new ArgumentBits(0, 0x7e020000, 0))), flags(0, 0x7e020000)),

    /** {@code socket} makes none to virtual machines (AF_VSOCK) nor to the kernel's ciphers (AF_ALG). */
    FAMILIES(
            single(otherThan(0, ArgumentBits.ALL, List.of(38, 40))),
            List.of(List.of(equal(0, 38)), List.of(equal(0, 40)))),

    /** {@code personality} tells the present one, and sets Linux' own, with 32 bits or the name of an old kernel too. */
    PERSONALITIES(
            Stream.of(0, 0x8, 0x20000, 0x20008, 0xffffffff)
                    .map(value -> List.of(equal(0, value)))
                    .toList(),
            single(otherThan(0, ArgumentBits.ALL, List.of(0, 0x8, 0x20000, 0x20008, 0xffffffff)))),

    DEVICES_OF_MKNOD(DeviceRules.allowed(1), DeviceRules.refused(1)),
    DEVICES_OF_MKNODAT(DeviceRules.allowed(2), DeviceRules.refused(2));

    private final List<List<ArgumentBits>> allowed;
    private final List<List<ArgumentBits>> refused;

    ArgumentRule(List<List<ArgumentBits>> allowed, List<List<ArgumentBits>> refused) {
        this.allowed = allowed;
        this.refused = refused;
    }

    List<List<ArgumentBits>> allowed() {
        return allowed;
    }

    /** What is not allowed, for those who must say so in as many words. */
    List<List<ArgumentBits>> refused() {
        return refused;
    }

    private static List<List<ArgumentBits>> single(List<ArgumentBits> alternatives) {
        return alternatives.stream().map(List::of).toList();
    }

    /** One of these flags is set. */
    private static List<List<ArgumentBits>> flags(int argument, int flags) {
        List<List<ArgumentBits>> alternatives = new ArrayList<>();
        IntStream.range(0, Integer.SIZE)
                .map(bit -> 1 << bit & flags)
                .filter(flag -> flag != 0)
                .forEach(flag -> alternatives.add(List.of(new ArgumentBits(argument, flag, flag))));
        return List.copyOf(alternatives);
    }
}
