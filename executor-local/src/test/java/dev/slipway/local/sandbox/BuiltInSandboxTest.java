package dev.slipway.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.launch.ElfFile;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BuiltInSandboxTest extends SandboxContract {

    BuiltInSandboxTest() {
        super("built-in");
    }

    @Test
    void aProgramForAnotherProcessorIsNamed() throws Exception {
        Path program = Files.write(
                step.lowers.get(0).resolve("foreign"),
                ElfFile.of(new ElfFile.Machine(43, 64, ByteOrder.BIG_ENDIAN, 0), new byte[8]));
        assertThat(program.toFile().setExecutable(true)).isTrue();

        assertThatThrownBy(() -> step.run(sandbox, "/foreign"))
                .isInstanceOf(ExecutorException.class)
                .hasMessage("process \"/foreign\" could not be started: /foreign is no program for "
                        + step.platform.format() + ", or a script without #!");
    }
}
