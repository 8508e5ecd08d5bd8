package dev.slipway.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Errno;
import dev.slipway.local.launch.FailedCall;
import dev.slipway.local.launch.LaunchedProcess;
import dev.slipway.local.launch.Launcher;
import dev.slipway.local.launch.Linux;
import dev.slipway.local.launch.SystemCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("end-to-end")
@Timeout(300)
class LandlockDomainTest {

    @TempDir
    private Path folder;

    private Path inside;
    private Path outside;
    private Launcher launcher;
    private LandlockDomain domain;

    @BeforeEach
    void findDomain() throws Exception {
        assumeTrue(Launcher.isSupported(), "needs Linux");
        domain = LandlockDomain.ofKernel().orElse(null);
        assumeTrue(domain != null, "needs a kernel with Landlock");
        launcher = Launcher.in(folder);
        inside = Files.createDirectory(folder.resolve("inside"));
        outside = Files.createDirectory(folder.resolve("outside"));
    }

    /** How the first call that failed in the domain did; empty if none did. */
    private Optional<FailedCall> run(Consumer<ChildProgram> calls) throws Exception {
        ChildProgram program = launcher.program();
        program.call("give up new rights", SystemCall.PRCTL, Linux.PR_SET_NO_NEW_PRIVS, 1);
        domain.make(program, List.of(inside));
        LandlockDomain.enter(program);
        calls.accept(program);
        program.call("end", SystemCall.EXIT_GROUP, 0);
        LaunchedProcess process = launcher.start(program);
        Optional<FailedCall> failed = process.failure(process.errors().readAllBytes());
        process.waitFor();
        return failed;
    }

    private static void write(ChildProgram program, Path file) {
        long flags = Linux.O_WRONLY | Linux.O_CREAT;
        program.close(program.open(
                "write " + file, SystemCall.OPENAT, ChildProgram.WORKING_FOLDER, program.text(file), flags, 0600));
    }

    @Test
    void filesAreReachedBelowItsPathsAlone() throws Exception {
        assertThat(run(program -> write(program, inside.resolve("f")))).isEmpty();
        assertThat(run(program -> write(program, outside.resolve("f"))))
                .hasValueSatisfying(failed -> assertThat(failed.error()).isEqualTo(Errno.EACCES.number()));
        assertThat(inside.resolve("f")).exists();
        assertThat(outside.resolve("f")).doesNotExist();
    }
}
