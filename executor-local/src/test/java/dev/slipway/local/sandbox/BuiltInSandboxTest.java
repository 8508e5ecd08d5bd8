package dev.slipway.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.executor.ExecutorException;
import dev.slipway.llb.Platform;
import dev.slipway.local.emulation.Emulators;
import dev.slipway.local.launch.ElfFile;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class BuiltInSandboxTest extends SandboxContract {

    /** What ELF files of no processor have in their place, so that no emulator is registered for them. */
    private static final int NO_PROCESSOR = 0;

    BuiltInSandboxTest() {
        super("built-in");
    }

    @Test
    void aProgramForAnotherProcessorIsNamed() throws Exception {
        Path program = Files.write(
                step.lowers.get(0).resolve("foreign"),
                ElfFile.of(new ElfFile.Machine(NO_PROCESSOR, 64, ByteOrder.BIG_ENDIAN, 0), new byte[8]));
        assertThat(program.toFile().setExecutable(true, false)).isTrue();

        assertThatThrownBy(() -> step.run(sandbox, "/foreign"))
                .isInstanceOf(ExecutorException.class)
                .hasMessageStartingWith("process \"/foreign\" could not be started: /foreign is not a program for "
                        + step.platform.format() + ", or a script without #!; build it for this platform");
    }

    @Test
    void anEmulatorNeedNotBeRegistered() throws Exception {
        step.platform = Platform.parse("linux/s390x");
        assumeTrue(
                new Emulators(folder, folder)
                        .platforms().stream()
                                .anyMatch(support -> support.platform().equals(step.platform)),
                "needs qemu-user-static and Linux 6.7");
        byte[] code = HexFormat.of()
                .parseHex(
                        "a729002f" // lghi r2, 47
                                + "0a01"); // svc 1                 exit
        ElfFile.Machine machine = new ElfFile.Machine(22, 64, ByteOrder.BIG_ENDIAN, 0);
        Path program = Files.write(step.lowers.get(0).resolve("foreign"), ElfFile.of(machine, code));
        assertThat(program.toFile().setExecutable(true, false)).isTrue();
        step.user = "www-data";

        assertThatThrownBy(() -> step.shell(sandbox, "cat /proc/self/uid_map; grep CapBnd /proc/self/status; /foreign"))
                .hasMessageEndingWith("exit code: 47");
        assertThat(step.output).hasToString("         0          0 4294967295\nCapBnd:\t00000000a80425fb\n");
    }
}
