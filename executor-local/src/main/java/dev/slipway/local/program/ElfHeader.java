package dev.slipway.local.program;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The first bytes of an ELF file: they say whether it is a program, and for which processor. */
final class ElfHeader {

    /** How many bytes it takes. */
    static final int SIZE = 20;

    private static final int MAGIC = 0x7f454c46;
    private static final int CLASS = 4;
    private static final int ORDER = 5;
    private static final int SYSTEM = 7;
    private static final int TYPE = 16;
    private static final int MACHINE = 18;

    private static final int LITTLE_ENDIAN = 1;
    private static final int BIG_ENDIAN = 2;
    private static final int SYSTEM_V = 0;
    private static final int LINUX = 3;
    private static final int PROGRAM = 2;
    private static final int SHARED_OBJECT = 3;

    private ElfHeader() {}

    /**
     * The architecture that a program or shared library is for. Other kinds of ELF files have none: object files, kernel modules
     * and core dumps are not started by anybody. Nor have programs of other systems, nor
     * files for what no image is built for, such as BPF, graphics processors and microcontrollers: they are data of the programs
     * that load them.
     *
     * @param start the first {@link #SIZE} bytes of a file, or all of a shorter one
     */
    static Optional<String> architecture(byte[] start) {
        ByteBuffer header = ByteBuffer.wrap(start);
        if (start.length < SIZE || header.getInt(0) != MAGIC) {
            return Optional.empty();
        }
        int order = header.get(ORDER);
        header.order(order == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int type = header.getShort(TYPE);
        int system = header.get(SYSTEM);
        boolean known = (order == LITTLE_ENDIAN || order == BIG_ENDIAN) && (system == SYSTEM_V || system == LINUX);
        if (!known || type != PROGRAM && type != SHARED_OBJECT) {
            return Optional.empty();
        }
        boolean little = order == LITTLE_ENDIAN;
        boolean wide = header.get(CLASS) == 2;
        return Optional.ofNullable(
                switch (header.getShort(MACHINE)) {
                    case 3 -> "386";
                    case 8 -> "mips" + (wide ? "64" : "") + (little ? "le" : "");
                    case 21 -> little ? "ppc64le" : "ppc64";
                    case 22 -> wide ? "s390x" : null;
                    case 40 -> little ? "arm" : null;
                    case 62 -> "amd64";
                    case 183 -> little ? "arm64" : null;
                    case 243 -> wide ? "riscv64" : null;
                    case 258 -> wide ? "loong64" : null;
                    default -> null;
                });
    }
}
