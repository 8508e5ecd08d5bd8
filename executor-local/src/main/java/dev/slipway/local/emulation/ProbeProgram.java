package dev.slipway.local.emulation;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.slipway.llb.Platform;
import dev.slipway.local.launch.ElfFile;
import dev.slipway.local.launch.ElfFile.Machine;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program for each processor that steps may be built for, in the order in which BuildKit lists them. All it does is end with
 * {@link #EXIT_CODE}, which shows that its instructions were carried out.
 */
enum ProbeProgram {
    AMD64(
            List.of("amd64"),
            "x86_64",
            Machine.AMD64,
            "bf40000000", // mov edi, 64
            "b83c000000", // mov eax, 60       exit
            "0f05"), // syscall
    ARM64(
            List.of("arm64"),
            "aarch64",
            Machine.ARM64,
            "000880d2", // mov x0, 64
            "a80b80d2", // mov x8, 93          exit
            "010000d4"), // svc 0
    RISCV64(
            List.of("riscv64"),
            "riscv64",
            new Machine(243, 64, LITTLE_ENDIAN, 0),
            "13050004", // li a0, 64
            "9308d005", // li a7, 93           exit
            "73000000"), // ecall
    PPC64(
            List.of("ppc64"),
            "ppc64",
            new Machine(21, 64, BIG_ENDIAN, 2), // version 2 of the ABI: the entry is code and no descriptor
            "38600040", // li r3, 64
            "38000001", // li r0, 1            exit
            "44000002"), // sc
    PPC64LE(
            List.of("ppc64le"),
            "ppc64le",
            new Machine(21, 64, LITTLE_ENDIAN, 2),
            "40006038", // li r3, 64
            "01000038", // li r0, 1            exit
            "02000044"), // sc
    S390X(
            List.of("s390x"),
            "s390x",
            new Machine(22, 64, BIG_ENDIAN, 0),
            "a7290040", // lghi r2, 64
            "0a01"), // svc 1                  exit
    I386(
            List.of("386"),
            "i386",
            new Machine(3, 32, LITTLE_ENDIAN, 0),
            "bb40000000", // mov ebx, 64
            "b801000000", // mov eax, 1        exit
            "cd80"), // int 0x80
    MIPS64LE(
            List.of("mips64le"),
            "mips64el",
            new Machine(8, 64, LITTLE_ENDIAN, 0x60000000), // MIPS64
            "40000424", // li a0, 64
            "c2130224", // li v0, 5058         exit
            "0c000000"), // syscall
    MIPS64(
            List.of("mips64"),
            "mips64",
            new Machine(8, 64, BIG_ENDIAN, 0x60000000),
            "24040040", // li a0, 64
            "240213c2", // li v0, 5058         exit
            "0000000c"), // syscall
    LOONG64(
            List.of("loong64"),
            "loongarch64",
            new Machine(258, 64, LITTLE_ENDIAN, 0x43), // double-precision floating point, version 1 of the ABI
            "04008103", // ori a0, zero, 64
            "0b748103", // ori a7, zero, 93    exit
            "00002b00"), // syscall 0
    ARM(
            List.of("arm/v7", "arm/v6", "arm/v5"),
            "arm",
            new Machine(40, 32, LITTLE_ENDIAN, 0x05000000), // version 5 of the EABI
            "4000a0e3", // mov r0, 64
            "0170a0e3", // mov r7, 1           exit
            "000000ef"); // svc 0

    static final int EXIT_CODE = 64;

    private final List<String> processors;
    private final String qemuName;
    private final Machine machine;
    private final byte[] code;

    ProbeProgram(List<String> processors, String qemuName, Machine machine, String... instructions) {
        this.processors = processors;
        this.qemuName = qemuName;
        this.machine = machine;
        this.code = HexFormat.of().parseHex(String.join("", instructions));
    }

    /** The program for a platform, if there is one. */
    static Optional<ProbeProgram> of(Platform platform) {
        return Stream.of(values())
                .filter(program -> program.platforms().anyMatch(other -> Emulators.isSame(other, platform)))
                .findFirst();
    }

    /** The platforms that this program stands for, the best first. */
    Stream<Platform> platforms() {
        return processors.stream().map(processor -> {
            String[] parts = processor.split("/");
            return Platform.of("linux", parts[0], parts.length > 1 ? parts[1] : "")
                    .normalized();
        });
    }

    /** What qemu calls the processor. */
    String qemuName() {
        return qemuName;
    }

    /** The program. */
    byte[] file() {
        return ElfFile.of(machine, code);
    }
}
