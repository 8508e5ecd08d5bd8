package dev.slipway.local.emulation;

import dev.slipway.llb.Platform;
import dev.slipway.oci.disk.FileStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An emulator of this machine that needs no other file, so that it runs in every root.
 *
 * @param name such as {@code qemu-aarch64}
 * @param file where it is
 */
record QemuBinary(String name, Path file) {

    private static final int PROGRAM_HEADERS = 4 << 10;
    private static final int INTERPRETER = 3;

    /** Where an ELF file says which processor it is for. */
    private static final int MACHINE = 18;

    /** A folder of our own before all others. */
    static List<Path> searchPath(Path own) {
        return Stream.concat(Stream.of(own.toAbsolutePath()), searchPath().stream())
                .toList();
    }

    /** The folders of {@code PATH}, and the usual ones. */
    static List<Path> searchPath() {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/bin:/usr/local/bin";
        return Stream.of(path.split(":"))
                .filter(folder -> folder.startsWith("/"))
                .distinct()
                .map(Path::of)
                .toList();
    }

    /** Finds the emulator of a processor. */
    static Optional<QemuBinary> find(String processor, List<Path> folders) {
        String name = "qemu-" + processor;
        for (Path folder : folders) {
            for (String fileName : List.of(name + "-static", name)) {
                Path file = folder.resolve(fileName);
                if (Files.isExecutable(file) && isStatic(file) && !mayBeChanged(file)) {
                    return Optional.of(new QemuBinary(name, file));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether everybody can write to it, so that it may be anything by the time it is run. */
    private static boolean mayBeChanged(Path file) {
        try {
            return (FileStatus.of(file.toRealPath()).mode() & 0002) != 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether it is a program for the processor of this machine that needs no other file. */
    boolean isUsable() {
        return isStatic(file) && isNative(file);
    }

    private static boolean isNative(Path file) {
        byte[] own = ProbeProgram.of(Platform.host()).map(ProbeProgram::file).orElse(new byte[MACHINE + 2]);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] header = in.readNBytes(MACHINE + 2);
            return Arrays.equals(header, MACHINE, MACHINE + 2, own, MACHINE, MACHINE + 2);
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a program names no interpreter, which would have to load others. */
    private static boolean isStatic(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            ByteBuffer elf = ByteBuffer.wrap(in.readNBytes(PROGRAM_HEADERS)).order(ByteOrder.LITTLE_ENDIAN);
            boolean is64BitElf = elf.limit() > 64 && elf.getInt(0) == 0x464c457f && elf.get(4) == 2 && elf.get(5) == 1;
            if (!is64BitElf) {
                return false;
            }
            long start = elf.getLong(32);
            int size = elf.getShort(54);
            int count = elf.getShort(56);
            if (start < 0 || size < 4 || count < 0 || start + (long) size * count > elf.limit()) {
                return false;
            }
            for (int i = 0; i < count; i++) {
                if (elf.getInt((int) start + i * size) == INTERPRETER) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
