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
import dev.slipway.local.supervision.SupervisedCall.Answer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("end-to-end")
@Timeout(300)
class SupervisorTest {

    @TempDir
    private Path folder;

    private Launcher launcher;

    @BeforeEach
    void findLauncher() {
        assumeTrue(Launcher.isSupported(), "needs Linux");
        launcher = Launcher.in(folder);
    }

    /** Answers the one call of a process, which makes a folder; gives back how the call failed, if it did. */
    private Optional<FailedCall> makeFolder(Path made, Function<SupervisedCall, Answer> answers)
            throws IOException, InterruptedException {
        ChildProgram program = launcher.program();
        try (Supervisor supervisor = Supervisor.in(folder, Set.of(SystemCall.MKDIRAT), answers)) {
            assertThat(supervisor).isNotNull();
            program.call("enter a folder", SystemCall.CHDIR, program.text(folder));
            program.call("give up new rights", SystemCall.PRCTL, Linux.PR_SET_NO_NEW_PRIVS, 1);
            Supervisor.listen(program, Supervisor.connect(program), filter(SystemCall.MKDIRAT));
            program.call("make a folder", SystemCall.MKDIRAT, ChildProgram.WORKING_FOLDER, program.text(made), 0700);
            program.call("end", SystemCall.EXIT_GROUP, 0);
            LaunchedProcess process = launcher.start(program);
            Optional<FailedCall> failed = process.failure(process.errors().readAllBytes());
            process.waitFor();
            return failed;
        } finally {
            Files.deleteIfExists(folder.resolve("supervisor"));
        }
    }

    /** Asks for one call, on all processors alike. */
    private static byte[] filter(SystemCall call) {
        ByteBuffer filter = ByteBuffer.allocate(4 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        filter.putShort((short) 0x20).putShort((short) 0).putInt(0); // load the number
        filter.putShort((short) 0x15).put((byte) 0).put((byte) 1).putInt(call.number()); // if it is another, jump
        filter.putShort((short) 0x06).putShort((short) 0).putInt(0x7fc00000); // ask
        filter.putShort((short) 0x06).putShort((short) 0).putInt(0x7fff0000); // allow
        return filter.array();
    }

    @Test
    void aCallIsAnsweredInTheKernelsPlace() throws Exception {
        Path none = Path.of("/no such folder/Käse");
        List<Object> seen = Collections.synchronizedList(new ArrayList<>());
        Optional<FailedCall> failed = makeFolder(none, call -> {
            try {
                SupervisedFile file = call.named(1, true).orElseThrow();
                seen.addAll(List.of(
                        call.call(),
                        call.argument(2),
                        file.path(),
                        file.status().error(),
                        file.giveToOwner()));
            } catch (IOException e) {
                seen.add(e);
            }
            return Answer.DONE;
        });

        assertThat(failed).isEmpty();
        assertThat(seen).containsExactly(SystemCall.MKDIRAT, 0700L, none, Errno.ENOENT.number(), Errno.ENOENT.number());
    }

    @Test
    void aCallFailsAsTheAnswerSays() throws Exception {
        Path made = folder.resolve("made");
        Optional<FailedCall> failed = makeFolder(made, call -> Answer.of(Errno.EPERM.number()));

        assertThat(failed).map(FailedCall::error).hasValue(Errno.EPERM.number());
        assertThat(failed).map(FailedCall::description).hasValue("make a folder");
        assertThat(made).doesNotExist();
    }

    @Test
    void aCallIsLeftToTheKernel() throws Exception {
        Path made = folder.resolve("made");

        assertThat(makeFolder(made, call -> Answer.LEFT)).isEmpty();
        assertThat(made).isDirectory();
    }

    /** Nobody waits for an answer that never comes. */
    @Test
    void afterAFaultThereAreNoSuchCalls() throws Exception {
        Path made = folder.resolve("made");
        Optional<FailedCall> failed = makeFolder(made, call -> {
            throw new IllegalStateException("a fault, as this test wants it");
        });

        assertThat(failed).map(FailedCall::error).hasValue(Errno.ENOSYS.number());
        assertThat(made).doesNotExist();
    }

    @Test
    void whoeverNeverConnectsIsNotWaitedFor() throws Exception {
        Supervisor supervisor = Supervisor.in(folder, Set.of(SystemCall.MKDIRAT), call -> Answer.DONE);
        Thread.currentThread().interrupt();
        supervisor.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("slipway-supervisor");
    }
}
