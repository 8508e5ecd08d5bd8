package dev.slipway.local.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RegistrationTest {

    @Test
    void aLittleEndianProcessorIsToldByItsHeader() {
        assertThat(Registration.text("qemu-aarch64", ProbeProgram.ARM64, Path.of("/usr/bin/qemu")))
                .isEqualTo(":qemu-aarch64:M::"
                        + "\\x7f\\x45\\x4c\\x46\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\xb7\\x00:"
                        + "\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x00\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff\\xff\\xff:"
                        + "/usr/bin/qemu:POCF");
    }

    @Test
    void aBigEndianProcessorHasTheTypeTheOtherWayRound() {
        assertThat(Registration.text("qemu-s390x", ProbeProgram.S390X, Path.of("/usr/bin/qemu")))
                .contains("\\x00\\x02\\x00\\x16:")
                .contains("\\xff\\xfe\\xff\\xff:");
    }
}
