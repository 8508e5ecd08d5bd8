package dev.slipway.local.launch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes the smallest programs there are: static, without sections, of machine code and zeroed memory. */
public final class ElfFile {

    private static final int EXECUTABLE = 2;
    private static final int CURRENT_VERSION = 1;
    private static final int LOAD = 1;
    private static final int CAN_EXECUTE = 1;
    private static final int CAN_WRITE = 2;
    private static final int CAN_READ = 4;

    /** Where the file is seen in memory. */
    private static final int START = 0x400000;

    /** The largest page of any processor: segments may start in any page that is this far from another. */
    private static final int PAGE = 0x10000;

    private ElfFile() {}

    /**
     * What the header says of a processor.
     *
     * @param number {@code e_machine}
     * @param bits 32 or 64
     * @param order its byte order
     * @param flags {@code e_flags}: which conventions the code follows
     */
    public record Machine(int number, int bits, ByteOrder order, int flags) {

        public static final Machine AMD64 = new Machine(62, 64, ByteOrder.LITTLE_ENDIAN, 0);
        public static final Machine ARM64 = new Machine(183, 64, ByteOrder.LITTLE_ENDIAN, 0);

        private boolean wide() {
            return bits == 64;
        }
    }

    /** A program that is nothing but code, which starts at its first byte. */
    public static byte[] of(Machine machine, byte[] code) {
        return write(machine, code, 0, 0);
    }

    /** A program with zeroed memory besides its code. The address is far above the code and a multiple of 64 KiB. */
    public static byte[] of(Machine machine, byte[] code, int memory, int memorySize) {
        if (memory % PAGE != 0 || memory <= START + PAGE || memorySize <= 0) {
            throw new IllegalArgumentException("memory at " + memory + " of " + memorySize + " bytes");
        }
        return write(machine, code, memory, memorySize);
    }

    private static byte[] write(Machine machine, byte[] code, int memory, int memorySize) {
        int segments = memorySize > 0 ? 2 : 1;
        int headerSize = machine.wide() ? 64 : 52;
        int segmentSize = machine.wide() ? 56 : 32;
        int codeAt = headerSize + segments * segmentSize;
        ByteBuffer file = ByteBuffer.allocate(codeAt + code.length).order(machine.order());

        file.put((byte) 0x7f).put("ELF".getBytes(StandardCharsets.US_ASCII));
        file.put((byte) (machine.wide() ? 2 : 1));
        file.put((byte) (machine.order() == ByteOrder.LITTLE_ENDIAN ? 1 : 2));
        file.put((byte) CURRENT_VERSION);
        file.position(16);
        file.putShort((short) EXECUTABLE).putShort((short) machine.number()).putInt(CURRENT_VERSION);
        address(file, machine, START + codeAt);
        address(file, machine, headerSize);
        address(file, machine, 0); // no sections
        file.putInt(machine.flags()).putShort((short) headerSize);
        file.putShort((short) segmentSize).putShort((short) segments);
        file.position(headerSize);

        segment(file, machine, CAN_READ | CAN_EXECUTE, START, codeAt + code.length, codeAt + code.length);
        if (memorySize > 0) {
            segment(file, machine, CAN_READ | CAN_WRITE, memory, 0, memorySize);
        }
        return file.put(code).array();
    }

    /** A segment that starts at the file's first byte. 32-bit and 64-bit headers hold the same, in another order. */
    private static void segment(ByteBuffer file, Machine machine, int rights, int start, int fileSize, int size) {
        file.putInt(LOAD);
        if (machine.wide()) {
            file.putInt(rights);
        }
        address(file, machine, 0);
        address(file, machine, start);
        address(file, machine, start);
        address(file, machine, fileSize);
        address(file, machine, size);
        if (!machine.wide()) {
            file.putInt(rights);
        }
        address(file, machine, PAGE);
    }

    private static void address(ByteBuffer file, Machine machine, int value) {
        if (machine.wide()) {
            file.putLong(value);
        } else {
            file.putInt(value);
        }
    }
}
