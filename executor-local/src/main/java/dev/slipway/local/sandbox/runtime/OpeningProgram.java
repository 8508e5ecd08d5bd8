package dev.slipway.local.sandbox.runtime;

import dev.slipway.llb.Platform;
import dev.slipway.local.launch.ElfFile;
import dev.slipway.local.launch.ElfFile.Machine;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A program that opens the files it is given, one after the other, and ends with 0 if the kernel refuses each of them: with
 * {@code EPERM} or {@code EACCES}, and with nothing else, which would mean that it had gone on to look for a device.
 */
enum OpeningProgram {
    AMD64(
            Machine.AMD64,
            "4889e3", // mov rbx, rsp
            "4883c310", // add rbx, 16          the address of the first file's name
            // next:
            "488b3b", // mov rdi, [rbx]
            "4885ff", // test rdi, rdi
            "741e", // jz refused
            "4883c308", // add rbx, 8
            "31f6", // xor esi, esi             open(rdi, O_RDONLY)
            "b802000000", // mov eax, 2
            "0f05", // syscall
            "83f8ff", // cmp eax, -EPERM
            "74e6", // je next
            "83f8f3", // cmp eax, -EACCES
            "74e1", // je next
            "bf4b000000", // mov edi, OPENED
            "eb02", // jmp exit
            // refused:
            "31ff", // xor edi, edi
            // exit:
            "b83c000000", // mov eax, 60        exit
            "0f05"), // syscall
    ARM64(
            Machine.ARM64,
            "f3430091", // add x19, sp, 16      the address of the first file's name
            // next:
            "618640f8", // ldr x1, [x19], 8
            "610100b4", // cbz x1, refused
            "600c8092", // mov x0, -100         openat(AT_FDCWD, x1, O_RDONLY)
            "e2031faa", // mov x2, xzr
            "080780d2", // mov x8, 56
            "010000d4", // svc 0
            "1f0400b1", // cmp x0, -EPERM
            "20ffff54", // b.eq next
            "1f3400b1", // cmp x0, -EACCES
            "e0feff54", // b.eq next
            "600980d2", // mov x0, OPENED
            "02000014", // b exit
            // refused:
            "000080d2", // mov x0, 0
            // exit:
            "a80b80d2", // mov x8, 93           exit
            "010000d4"); // svc 0

    /** The exit code if a file was opened, or might have been. */
    static final int OPENED = 75;

    private final byte[] file;

    OpeningProgram(Machine machine, String... instructions) {
        this.file = ElfFile.of(machine, HexFormat.of().parseHex(String.join("", instructions)));
    }

    /** That for the processor of this machine, if there is one. */
    static Optional<byte[]> ofHost() {
        return switch (Platform.host().architecture()) {
            case "amd64" -> Optional.of(AMD64.file);
            case "arm64" -> Optional.of(ARM64.file);
            default -> Optional.empty();
        };
    }
}
