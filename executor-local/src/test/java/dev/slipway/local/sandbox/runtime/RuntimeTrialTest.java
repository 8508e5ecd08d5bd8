package dev.slipway.local.sandbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.local.emulation.Emulators;
import dev.slipway.local.launch.Launcher;
import dev.slipway.oci.disk.Privileges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A runtime that does not keep steps from devices is not used. */
@Tag("end-to-end")
@Timeout(600)
class RuntimeTrialTest {

    /** A runtime that runs the process as it is told, but in the root as it would be without {@code nodev}. */
    private static final String LEAKY = """
            #!/bin/sh
            while [ "$1" != --bundle ]; do shift; done
            root=$(sed 's/.*"root":{"path":"\\([^"]*\\)".*/\\1/' "$2/config.json")
            mount -o remount,bind,dev "$root"
            exec chroot "$root" /open /device
            """;

    @TempDir
    private Path folder;

    private Path program;

    @BeforeEach
    void needsRoot() throws IOException {
        assumeTrue(Privileges.in(folder).devices(), "needs root");
        program = folder.resolve("runtime");
    }

    private OciRuntime runtime(String script) throws IOException {
        Files.writeString(program, script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new OciRuntime("runtime", List.of(), Optional.of(program));
    }

    private Optional<String> trial(OciRuntime runtime) throws IOException {
        Path place = Files.createDirectories(folder.resolve("place"));
        Emulators emulators = new Emulators(folder, folder);
        return RuntimeTrial.run(new OciSandbox(runtime, Launcher.in(folder), place, emulators, false), folder);
    }

    @Test
    void aRuntimeThatLosesAFlagOfTheRootIsFound() throws Exception {
        assertThat(trial(runtime(LEAKY))).contains("it lets steps open devices of this machine");
    }

    @Test
    void aRuntimeThatKeepsTheFlagIsNot() throws Exception {
        assertThat(trial(runtime(LEAKY.replace("remount,bind,dev", "remount,bind,nodev"))))
                .isEmpty();
    }

    @Test
    void aRuntimeThatRunsNothingIsFound() throws Exception {
        assertThat(trial(runtime("#!/bin/sh\nexit 3\n")))
                .hasValueSatisfying(problem ->
                        assertThat(problem).startsWith("a trial failed: ").endsWith("exit code: 3"));
    }

    @Test
    void whatWasFoundIsKnownUntilTheRuntimeIsAnotherOne() throws Exception {
        RuntimeMemory memory = new RuntimeMemory(folder);
        OciRuntime runtime = runtime("#!/bin/sh\n");
        assertThat(memory.knows(runtime, true)).isFalse();

        memory.remember(runtime, true);
        assertThat(memory.knows(runtime, true)).isTrue();
        assertThat(memory.knows(runtime, false)).isFalse();

        Files.setLastModifiedTime(program, FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
        assertThat(memory.knows(runtime, true)).isFalse();
    }
}
