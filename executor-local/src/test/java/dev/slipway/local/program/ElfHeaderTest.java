package dev.slipway.local.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElfHeaderTest {

    private static final int PROGRAM = 2;
    private static final int SHARED_OBJECT = 3;

    @ParameterizedTest
    @CsvSource({
        "62, 64, true, amd64",
        "62, 32, true, amd64",
        "3, 32, true, 386",
        "183, 64, true, arm64",
        "40, 32, true, arm",
        "243, 64, true, riscv64",
        "21, 64, true, ppc64le",
        "21, 64, false, ppc64",
        "22, 64, false, s390x",
        "8, 64, true, mips64le",
        "8, 32, false, mips",
        "258, 64, true, loong64"
    })
    void aProgramTellsItsArchitecture(int machine, int bits, boolean little, String architecture) {
        for (int type : new int[] {PROGRAM, SHARED_OBJECT}) {
            assertThat(ElfHeader.architecture(header(machine, bits, little, type, 0)))
                    .contains(architecture);
            assertThat(ElfHeader.architecture(header(machine, bits, little, type, 3)))
                    .contains(architecture);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "62, 64, true, 1, 0, an object file or kernel module",
        "62, 64, true, 4, 0, a core dump",
        "62, 64, true, 2, 9, a program for FreeBSD",
        "247, 64, true, 2, 0, BPF",
        "190, 64, true, 2, 0, CUDA",
        "83, 32, true, 2, 0, AVR",
        "183, 64, false, 2, 0, big-endian ARM"
    })
    void whatNobodyStartsHasNone(int machine, int bits, boolean little, int type, int system, String what) {
        assertThat(ElfHeader.architecture(header(machine, bits, little, type, system)))
                .as(what)
                .isEmpty();
    }

    @Test
    void otherFilesHaveNone() {
        byte[] header = header(62, 64, true, PROGRAM, 0);
        assertThat(ElfHeader.architecture(Arrays.copyOf(header, 19))).isEmpty();
        assertThat(ElfHeader.architecture(new byte[20])).isEmpty();
        assertThat(ElfHeader.architecture(new byte[0])).isEmpty();
        header[5] = 3;
        assertThat(ElfHeader.architecture(header)).isEmpty();
    }

    @Test
    void theRunningProgramIsOne() throws Exception {
        byte[] file = Files.readAllBytes(Path.of(System.getProperty("java.home"), "bin", "java"));
        String own = System.getProperty("os.arch").replace("aarch64", "arm64").replace("x86_64", "amd64");
        assertThat(ElfHeader.architecture(file)).contains(own);
    }

    private static byte[] header(int machine, int bits, boolean little, int type, int system) {
        ByteBuffer header = ByteBuffer.allocate(ElfHeader.SIZE).order(ByteOrder.BIG_ENDIAN);
        header.putInt(0x7f454c46)
                .put((byte) (bits / 32))
                .put((byte) (little ? 1 : 2))
                .put((byte) 1)
                .put((byte) system);
        header.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        return header.putShort(16, (short) type).putShort(18, (short) machine).array();
    }
}
