package dev.slipway.foreign.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.ProgramFile;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliberatePathTest {

    @ParameterizedTest
    @CsvSource({
        "linux/arm64, /usr/aarch64-linux-gnu/lib/libc.so.6, true",
        "linux/arm64, /usr/lib/aarch64-linux-gnu/libz.so.1, true",
        "linux/arm64, /app/node_modules/x/prebuilds/linux-arm64/x.node, true",
        "linux/amd64, /go/bin/linux_amd64/tool, true",
        "linux/amd64, /usr/x86_64-linux-gnu/lib/ld.so, true",
        "linux/386, /usr/lib/i386-linux-gnu/libc.so.6, true",
        "linux/arm/v5, /usr/lib/arm-linux-gnueabihf/libc.so.6, true",
        "linux/arm64, /lib/firmware/vendor/dsp.elf, true",
        "linux/arm64, /usr/lib/firmware/dsp.elf, true",
        "linux/arm64, /usr/bin/app, false",
        "linux/arm64, /usr/bin/app-linux-arm64, false",
        "linux/arm64, /usr/x86_64-linux-gnu/lib/libc.so.6, false",
        "linux/arm64, /opt/arm64x/app, false",
        "linux/arm/v5, /srv/farm/app, false",
        "linux/arm64, /srv/lib/firmware/app, false",
        "linux/arm64, /app, false"
    })
    void aFolderThatIsNamedAfterTheProcessorShowsThatTheFileIsMeant(String platform, String path, boolean deliberate) {
        ProgramFile program = new ProgramFile(path, Platform.parse(platform), Digest.sha256(path));
        assertThat(DeliberatePath.is(program)).isEqualTo(deliberate);
    }
}
