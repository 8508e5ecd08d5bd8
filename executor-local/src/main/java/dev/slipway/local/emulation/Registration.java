package dev.slipway.local.emulation;

import java.nio.file.Path;
import java.util.Arrays;

/** What is written to binfmt_misc to have an emulator start programs. */
final class Registration {

    /** How many bytes of a program tell its processor: the identification, the type and the processor of its ELF header. */
    private static final int SIZE = 20;

    private static final int TYPE_LOW_LITTLE_ENDIAN = 16;
    private static final int TYPE_LOW_BIG_ENDIAN = 17;

    /** The byte of the identification that tells the byte order, and its value for big endian. */
    private static final int ORDER = 5;

    private static final int BIG_ENDIAN = 2;

    /** The system that a program is for, and the version of that system's rules, make no difference. */
    private static final int SYSTEM = 7;

    private static final int SYSTEM_VERSION = 8;

    private Registration() {}

    /**
     * The text for one emulator. Its flags: the first argument stays as the caller gave it (P), the program is opened by the
     * kernel (O) and its owner's rights count if it is setuid (C), and the emulator is opened now, for all roots (F).
     */
    static String text(String name, ProbeProgram program, Path interpreter) {
        byte[] magic = Arrays.copyOf(program.file(), SIZE);
        byte[] mask = new byte[SIZE];
        Arrays.fill(mask, (byte) 0xff);
        mask[SYSTEM] = 0;
        mask[SYSTEM_VERSION] = 0;
        // Programs that are loaded anywhere have type 3 instead of 2.
        mask[magic[ORDER] == BIG_ENDIAN ? TYPE_LOW_BIG_ENDIAN : TYPE_LOW_LITTLE_ENDIAN] = (byte) 0xfe;
        return ":" + name + ":M::" + escape(magic) + ":" + escape(mask) + ":" + interpreter + ":POCF";
    }

    private static String escape(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte value : bytes) {
            text.append(String.format("\\x%02x", value));
        }
        return text.toString();
    }
}
