package dev.slipway.local.launch;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Optional;

/** The processors that the launcher's code is written for. */
enum Processor {
    AMD64(ElfFile.Machine.AMD64, Amd64Code.LISTING) {
        @Override
        int number(SystemCall call) {
            return call.amd64();
        }
    },
    ARM64(ElfFile.Machine.ARM64, Arm64Code.LISTING) {
        @Override
        int number(SystemCall call) {
            return call.arm64();
        }
    };

    private final ElfFile.Machine machine;
    private final String listing;

    Processor(ElfFile.Machine machine, String listing) {
        this.machine = machine;
        this.listing = listing;
    }

    /** The processor of this machine, if there is code for it. */
    static Optional<Processor> host() {
        return switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> Optional.of(AMD64);
            case "aarch64" -> Optional.of(ARM64);
            default -> Optional.empty();
        };
    }

    /** The number of a system call. */
    abstract int number(SystemCall call);

    /** The launcher: a whole program. */
    byte[] launcher() {
        return ElfFile.of(machine, assemble(listing), ChildProgram.BASE, ChildProgram.MEMORY);
    }

    /** The bytes of a listing: each line has them in hexadecimal, two blanks, and the instruction for the reader. */
    static byte[] assemble(String listing) {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        listing.lines().filter(line -> !line.isBlank() && !line.endsWith(":")).forEach(line -> {
            for (String hex : line.substring(0, line.indexOf("  ")).split(" ")) {
                code.write(Integer.parseInt(hex, 16));
            }
        });
        return code.toByteArray();
    }
}
