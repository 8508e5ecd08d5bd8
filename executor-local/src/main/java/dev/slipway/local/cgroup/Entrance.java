package dev.slipway.local.cgroup;

import static java.util.Objects.requireNonNull;

import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Linux;
import dev.slipway.local.launch.SystemCall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The way into a control group.
 *
 * @param group its folder
 * @param rule what restricts the devices of the group and has to be put there by whoever enters; empty if it is in force already,
 *     or there is none
 */
public record Entrance(Path group, Optional<DeviceRule> rule) {

    private static final String PROCESSES = "cgroup.procs";

    private static final int LOAD = 5;
    private static final int ATTACH = 8;
    private static final int PROGRAM_OF_DEVICES = 15;
    private static final int PLACE_OF_DEVICES = 6;

    /** Programs of groups above count too. */
    private static final int ALLOW_SEVERAL = 2;

    private static final int LOAD_SIZE = 48;
    private static final String LICENSE = "Apache-2.0";

    public Entrance {
        requireNonNull(group, "group is null");
        requireNonNull(rule, "rule is null");
    }

    /** Adds the calls that enter the group. What is started later is in it too. */
    public void enter(ChildProgram program) {
        rule.ifPresent(restriction -> restrict(program, DeviceProgram.of(restriction)));
        String description = "enter the control group " + group;
        int file = open(program, description, group.resolve(PROCESSES), Linux.O_WRONLY);
        program.call(description, SystemCall.WRITE, file, program.text("0"), 1).close(file);
    }

    private void restrict(ChildProgram program, byte[] instructions) {
        String description = "restrict the devices of the control group " + group;
        ByteBuffer load = buffer(LOAD_SIZE);
        load.putInt(PROGRAM_OF_DEVICES).putInt(instructions.length / DeviceProgram.INSTRUCTION_SIZE);
        load.putLong(program.bytes(instructions));
        load.putLong(program.bytes((LICENSE + '\0').getBytes(StandardCharsets.US_ASCII)));
        int loaded = program.open(description, SystemCall.BPF, LOAD, program.bytes(load.array()), LOAD_SIZE);
        int folder = open(program, description, group, Linux.O_RDONLY);
        ByteBuffer attach = buffer(4 * Integer.BYTES);
        attach.putInt(folder).putInt(loaded).putInt(PLACE_OF_DEVICES).putInt(ALLOW_SEVERAL);
        program.call(description, SystemCall.BPF, ATTACH, program.bytes(attach.array()), attach.capacity());
        program.close(folder).close(loaded);
    }

    private static int open(ChildProgram program, String description, Path path, long flags) {
        int here = ChildProgram.WORKING_FOLDER;
        return program.open(description, SystemCall.OPENAT, here, program.text(path), flags | Linux.O_CLOEXEC, 0);
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
