package dev.slipway.local.emulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeProgramTest {

    @TempDir
    Path folder;

    @Tag("end-to-end")
    @ParameterizedTest
    @CsvSource({
        "AMD64, x86_64",
        "ARM64, aarch64",
        "RISCV64, riscv64",
        "PPC64, ppc64",
        "PPC64LE, ppc64le",
        "S390X, s390x",
        "I386, i386",
        "MIPS64LE, mips64el",
        "MIPS64, mips64",
        "LOONG64, loongarch64",
        "ARM, arm"
    })
    void everyProgramEndsWithItsCode(ProbeProgram program, String processor) throws Exception {
        Path qemu = Path.of("/usr/bin/qemu-" + processor + "-static");
        assumeTrue(Files.isExecutable(qemu), "needs qemu-user-static");
        Path file = Files.write(folder.resolve("probe"), program.file());
        assertThat(file.toFile().setExecutable(true)).isTrue();

        Process process =
                new ProcessBuilder(qemu.toString(), file.toString()).inheritIO().start();

        assertThat(process.waitFor()).isEqualTo(ProbeProgram.EXIT_CODE);
    }
}
