package dev.slipway.local.sandbox.proot;

import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.local.launch.Linux;
import dev.slipway.local.launch.SystemCall;
import dev.slipway.local.sandbox.confine.DeviceRules;
import dev.slipway.local.sandbox.confine.SeccompFilter;
import dev.slipway.local.sandbox.confine.SeccompRules;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a traced process is told by the kernel, besides what the {@link SeccompFilter} refuses. The tracer must translate every
 * path, so that calls with paths which came after it do not exist: C libraries go back to the older ones. Who cannot give files
 * away does so to no effect, unless he is supervised; who cannot make a device fails, which the tracer would pass off as done.
 * Without a network, there are no sockets but those of this machine's own processes. Unix sockets for datagrams, which reach
 * those of the machine, there are none, and nobody sets limits for another process: one of processor time kills.
 */
final class ProotFilter {

    private static final int LOAD = 0x20;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_GREATER_OR_EQUAL = 0x35;
    private static final int AND = 0x54;
    private static final int RETURN = 0x06;

    private static final int ALLOW = 0x7fff0000;
    private static final int ASK = 0x7fc00000;
    private static final int FAIL = 0x00050000;
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    private static final int EOPNOTSUPP = 95;
    private static final int ESOCKTNOSUPPORT = 94;
    private static final int ENETUNREACH = 101;
    private static final int TYPE = 0xf000;

    private static final int NUMBER = 0;
    private static final int ABI = 4;
    private static final int FIRST_ARGUMENT = 16;
    private static final int AF_UNIX = 1;
    private static final int AF_NETLINK = 16;

    /** From this number on, which is the same on all processors, every call is newer than the tracer. */
    private static final int NEWEST = 451;

    /** Numbers on amd64, i386, arm64 and arm of calls that a tracer may not know. */
    private static final int[][] UNKNOWN = {
        {316, 353, 276, 382}, // renameat2
        {322, 358, 281, 387}, // execveat
        {332, 383, 291, 397}, // statx
        {435, 435, 435, 435}, // clone3
        {437, 437, 437, 437}, // openat2
        {439, 439, 439, 439}, // faccessat2
    };

    /** Those that give files away: chown, lchown, fchown, fchownat, and those of i386 and arm with 32 bits more. */
    private static final int[][] OWNER = {
        {92, 93, 94, 260},
        {182, 16, 95, 298, 212, 198, 207},
        {54, 55},
        {182, 16, 95, 325, 212, 198, 207}
    };

    /** mknod and mknodat. */
    private static final int[][] NODE = {{133, 259}, {14, 297}, {-1, 33}, {14, 324}};

    /** socketpair. */
    private static final int[] SOCKET_PAIR = {53, 360, 199, 288};

    /** prlimit64. */
    private static final int[] LIMITS = {302, 340, 261, 369};

    /** What a socket for datagrams is made as; the kernel takes the second for the first. */
    private static final int DATAGRAMS = 2;

    private static final int RAW = 3;
    private static final int SOCKET_TYPE = 0xf;

    /** All that has to do with sockets in one call, on i386. */
    private static final int SOCKETCALL = 102;

    private final List<long[]> instructions = new ArrayList<>();

    private ProotFilter() {}

    /** What becomes of files that are given away. */
    enum Owners {
        /** They are. */
        REAL,
        /** Somebody else sees to it, for programs of this machine's own processor; to the tracer, its own user is nobody. */
        SUPERVISED,
        /** Nothing. */
        LOST
    }

    /** Of which devices files can be made. */
    enum Devices {
        ALL,
        HARMLESS,
        NONE
    }

    /** The program that leaves it to a supervisor to answer calls. */
    static byte[] supervising(Set<SystemCall> calls) {
        ProotFilter filter = new ProotFilter();
        filter.add(LOAD, 0, 0, ABI);
        filter.add(JUMP_IF_EQUAL, 1, 0, SeccompRules.Abi.host().get(0).audit);
        filter.add(RETURN, 0, 0, ALLOW);
        filter.add(LOAD, 0, 0, NUMBER);
        calls.stream().sorted().forEach(call -> filter.answer(call.number(), ASK));
        filter.add(RETURN, 0, 0, ALLOW);
        return filter.bytes();
    }

    /**
     * The program of this machine.
     *
     * @param network which network the process has
     * @param owners what becomes of files that it gives away
     * @param devices of which devices it can make files
     */
    static byte[] program(NetworkMode network, Owners owners, Devices devices) {
        ProotFilter filter = new ProotFilter();
        filter.add(LOAD, 0, 0, ABI);
        for (SeccompRules.Abi abi : SeccompRules.Abi.host()) {
            ProotFilter section = new ProotFilter();
            section.addSection(abi, network == NetworkMode.NONE, owners, devices);
            filter.add(JUMP_IF_EQUAL, 0, section.instructions.size(), abi.audit);
            filter.instructions.addAll(section.instructions);
        }
        filter.add(RETURN, 0, 0, FAIL | ENOSYS);
        return filter.bytes();
    }

    private byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(instructions.size() * SeccompFilter.INSTRUCTION_SIZE)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (long[] each : instructions) {
            bytes.putShort((short) each[0])
                    .put((byte) each[1])
                    .put((byte) each[2])
                    .putInt((int) each[3]);
        }
        return bytes.array();
    }

    private void addSection(SeccompRules.Abi abi, boolean isolated, Owners owners, Devices devices) {
        add(LOAD, 0, 0, NUMBER);
        add(JUMP_IF_GREATER_OR_EQUAL, 0, 1, NEWEST);
        add(RETURN, 0, 0, FAIL | ENOSYS);
        for (int[] numbers : UNKNOWN) {
            answer(numbers[abi.ordinal()], FAIL | ENOSYS);
        }
        boolean isSupervised =
                owners == Owners.SUPERVISED && abi == SeccompRules.Abi.host().get(0);
        if (isSupervised) {
            answer(SystemCall.GETUID.number(), FAIL | -OwnerCalls.NOBODY);
            answer(SystemCall.GETGID.number(), FAIL | -OwnerCalls.NOBODY);
        } else if (owners != Owners.REAL) {
            for (int number : OWNER[abi.ordinal()]) {
                answer(number, FAIL);
            }
        }
        List<Long> allowed = devices == Devices.NONE ? List.of() : DeviceRules.harmless();
        for (int position = 0; position < 2 && devices != Devices.ALL; position++) {
            refuseDevices(NODE[abi.ordinal()][position], position + 1, allowed);
        }
        refuseDatagrams(abi.socket);
        refuseDatagrams(SOCKET_PAIR[abi.ordinal()]);
        refuseLimits(LIMITS[abi.ordinal()]);
        if (abi == SeccompRules.Abi.I386) {
            answer(SOCKETCALL, FAIL | (isolated ? ENETUNREACH : ENOSYS));
        }
        if (isolated) {
            add(JUMP_IF_EQUAL, 0, 4, abi.socket);
            add(LOAD, 0, 0, FIRST_ARGUMENT);
            add(JUMP_IF_EQUAL, 2, 0, AF_UNIX);
            add(JUMP_IF_EQUAL, 1, 0, AF_NETLINK);
            add(RETURN, 0, 0, FAIL | ENETUNREACH);
        }
        add(RETURN, 0, 0, ALLOW);
    }

    /**
     * @param argument which one is the mode; the number of the device comes after it
     * @param allowed numbers of character devices
     */
    private void refuseDevices(int number, int argument, List<Long> allowed) {
        if (number >= 0) {
            int count = allowed.size();
            add(JUMP_IF_EQUAL, 0, count + 7, number);
            add(LOAD, 0, 0, FIRST_ARGUMENT + argument * Long.BYTES);
            add(AND, 0, 0, TYPE);
            add(JUMP_IF_EQUAL, count + 2, 0, (int) Linux.S_IFBLK);
            add(JUMP_IF_EQUAL, 0, count + 2, (int) Linux.S_IFCHR);
            add(LOAD, 0, 0, FIRST_ARGUMENT + (argument + 1) * Long.BYTES);
            for (int position = 0; position < count; position++) {
                add(JUMP_IF_EQUAL, count - position, 0, allowed.get(position).intValue());
            }
            add(RETURN, 0, 0, FAIL | EOPNOTSUPP);
            add(RETURN, 0, 0, ALLOW);
        }
    }

    /**
     * A Unix socket for datagrams sends to any path, which is in the memory of the process, and the tracer leads only those of
     * {@code bind} and {@code connect} into the root.
     */
    private void refuseDatagrams(int number) {
        add(JUMP_IF_EQUAL, 0, 8, number);
        add(LOAD, 0, 0, FIRST_ARGUMENT);
        add(JUMP_IF_EQUAL, 0, 5, AF_UNIX);
        add(LOAD, 0, 0, FIRST_ARGUMENT + Long.BYTES);
        add(AND, 0, 0, SOCKET_TYPE);
        add(JUMP_IF_EQUAL, 1, 0, DATAGRAMS);
        add(JUMP_IF_EQUAL, 0, 1, RAW);
        add(RETURN, 0, 0, FAIL | ESOCKTNOSUPPORT);
        add(LOAD, 0, 0, NUMBER);
    }

    /** Whoever asks for its own names no process; to read those of others is no harm. */
    private void refuseLimits(int number) {
        add(JUMP_IF_EQUAL, 0, 8, number);
        add(LOAD, 0, 0, FIRST_ARGUMENT);
        add(JUMP_IF_EQUAL, 5, 0, 0);
        add(LOAD, 0, 0, FIRST_ARGUMENT + 2 * Long.BYTES);
        add(JUMP_IF_EQUAL, 0, 2, 0);
        add(LOAD, 0, 0, FIRST_ARGUMENT + 2 * Long.BYTES + Integer.BYTES);
        add(JUMP_IF_EQUAL, 1, 0, 0);
        add(RETURN, 0, 0, FAIL | EPERM);
        add(LOAD, 0, 0, NUMBER);
    }

    private void answer(int number, int value) {
        add(JUMP_IF_EQUAL, 0, 1, number);
        add(RETURN, 0, 0, value);
    }

    private void add(int code, int ifTrue, int ifFalse, int value) {
        instructions.add(new long[] {code, ifTrue, ifFalse, value});
    }
}
