package dev.slipway.local.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.executor.ExecutorException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each test runs the code of every processor that this machine can run, itself or through qemu. */
@Tag("end-to-end")
class LauncherTest {

    private static final byte[] MARK = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private record Ended(int exitCode, String output, byte[] errors) {}

    static Stream<Processor> processors() {
        return Stream.of(Processor.values()).filter(processor -> command(processor) != null);
    }

    private static List<String> command(Processor processor) {
        if (Processor.host().equals(java.util.Optional.of(processor))) {
            return List.of();
        }
        String qemu = "/usr/bin/qemu-" + (processor == Processor.ARM64 ? "aarch64" : "x86_64") + "-static";
        return Files.isExecutable(Path.of(qemu)) ? List.of(qemu) : null;
    }

    @ParameterizedTest
    @MethodSource("processors")
    void callsAreMadeInOrder(Processor processor) throws Exception {
        ChildProgram program = new ChildProgram(processor);
        long text = program.bytes("hello\n".getBytes(StandardCharsets.UTF_8));
        program.call("write", SystemCall.WRITE, 1, text, 6);
        program.call("write again", SystemCall.WRITE, 1, text, 3);
        program.call("end", SystemCall.EXIT_GROUP, 7);

        Ended ended = run(processor, program);

        assertThat(ended.exitCode()).isEqualTo(7);
        assertThat(ended.output()).isEqualTo("hello\nhel");
    }

    @ParameterizedTest
    @MethodSource("processors")
    void aCallThatFailsIsReported(Processor processor) throws Exception {
        ChildProgram program = new ChildProgram(processor);
        long path = program.text(folder.resolve("no/such"));
        program.callUnless(Errno.ENOENT, "enter", SystemCall.CHDIR, path);
        program.call("enter it", SystemCall.CHDIR, path);
        program.call("end", SystemCall.EXIT_GROUP, 0);

        Ended ended = run(processor, program);

        assertThat(ended.exitCode()).isEqualTo(125);
        assertThat(program.failure(MARK, ended.errors()))
                .contains(new FailedCall(1, "enter it", Errno.ENOENT.number()));
        assertThat(program.failure(MARK, ended.errors()).orElseThrow().message())
                .isEqualTo("enter it: No such file or directory");
    }

    @ParameterizedTest
    @MethodSource("processors")
    void aParentEndsAsItsChildDoes(Processor processor) throws Exception {
        ChildProgram program = new ChildProgram(processor);
        program.fork("fork", 0);
        program.fork("fork again", 0);
        program.call("end", SystemCall.EXIT_GROUP, 9);

        assertThat(run(processor, program).exitCode()).isEqualTo(9);
    }

    @ParameterizedTest
    @MethodSource("processors")
    void aParentTellsTheSignalThatEndedItsChild(Processor processor) throws Exception {
        ChildProgram program = new ChildProgram(processor);
        program.fork("fork", 0);
        program.call(
                "become a shell that kills itself",
                SystemCall.EXECVE,
                program.text("/bin/sh"),
                program.texts(List.of("sh", "-c", "kill -TERM $$")),
                program.texts(List.of()));

        assertThat(run(processor, program).exitCode()).isEqualTo(128 + 15);
    }

    @Test
    void signalsThatThisProgramBlocksOrIgnoresAreAsEver() throws Exception {
        Processor processor =
                Processor.host().orElseThrow(); // An emulator ignores one that C libraries keep for themselves.
        ChildProgram program = new ChildProgram(processor).resetSignals();
        program.call(
                "tell the signals",
                SystemCall.EXECVE,
                program.text("/bin/grep"),
                program.texts(List.of("grep", "-E", "Sig(Blk|Ign)", "/proc/self/status")),
                program.texts(List.of()));

        // A JVM blocks SIGQUIT, and the shell makes those that it starts ignore two more.
        assertThat(run(processor, program, List.of("sh", "-c", "trap '' PIPE INT; exec \"$@\"", "sh"))
                        .output())
                .isEqualTo("SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
    }

    @ParameterizedTest
    @MethodSource("processors")
    void aChildWorksAside(Processor processor) throws Exception {
        ChildProgram program = new ChildProgram(processor);
        long status = program.words(0);
        program.aside("fork", () -> program.call("write", SystemCall.WRITE, 1, program.text("child "), 6));
        program.call("wait", SystemCall.WAIT4, -1, status, 0, 0);
        program.call("write", SystemCall.WRITE, 1, program.text("parent"), 6);
        program.call("end", SystemCall.EXIT_GROUP, 3);

        Ended ended = run(processor, program);

        assertThat(ended.output()).isEqualTo("child parent");
        assertThat(ended.exitCode()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("processors")
    void descriptorsAreThoseForetold(Processor processor) throws Exception {
        ChildProgram program = new ChildProgram(processor);
        long path = program.text(Files.writeString(folder.resolve("f"), ""));
        int first = program.open("open", SystemCall.OPENAT, ChildProgram.WORKING_FOLDER, path, Linux.O_WRONLY, 0);
        int second = program.open("open", SystemCall.OPENAT, ChildProgram.WORKING_FOLDER, path, Linux.O_WRONLY, 0);
        program.close(first);
        int third = program.open("open", SystemCall.OPENAT, ChildProgram.WORKING_FOLDER, path, Linux.O_WRONLY, 0);
        program.close(second);
        program.call("write", SystemCall.WRITE, third, program.text("kept"), 4);
        program.call("end", SystemCall.EXIT_GROUP, 0);

        assertThat(run(processor, program).exitCode()).isZero();
        assertThat(third).isEqualTo(first);
        assertThat(Files.readString(folder.resolve("f"))).isEqualTo("kept");
    }

    @Test
    void aLargeListIsReadWhole() throws Exception {
        assumeTrue(Launcher.isSupported());
        ChildProgram program = Launcher.in(folder).program();
        byte[] large = new byte[20 << 20];
        large[large.length - 1] = 'x';
        long address = program.bytes(large);
        program.call("write", SystemCall.WRITE, 1, address + large.length - 1, 1);
        program.call("end", SystemCall.EXIT_GROUP, 0);
        LaunchedProcess process = Launcher.in(folder).start(program);

        assertThat(process.output().readAllBytes()).containsExactly('x');
        assertThat(process.waitFor()).isZero();
        assertThatThrownBy(() -> program.bytes(large)).isInstanceOf(ExecutorException.class);
    }

    private Ended run(Processor processor, ChildProgram program) throws IOException, InterruptedException {
        return run(processor, program, List.of());
    }

    /** @param start what starts it: a program, and its arguments before the ones that are the command */
    private Ended run(Processor processor, ChildProgram program, List<String> start)
            throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("launcher"), processor.launcher());
        assertThat(file.toFile().setExecutable(true)).isTrue();
        List<String> command = new ArrayList<>(start);
        command.addAll(command(processor));
        command.add(file.toString());
        Process process = new ProcessBuilder(command).start();
        try (OutputStream input = process.getOutputStream()) {
            input.write(program.encode(MARK));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        byte[] errors = process.getErrorStream().readAllBytes();
        return new Ended(process.waitFor(), output, errors);
    }

    /** A child that is being forked holds what other threads are writing, and what is held so cannot be run. */
    @Test
    void filesThatWereJustWrittenCanBeRunWhileOthersStart() throws Exception {
        Launcher launcher = Launcher.in(folder);
        Path program = Path.of("/bin/true").toRealPath();
        List<Callable<Void>> threads = new ArrayList<>();
        for (int thread = 0; thread < 6; thread++) {
            Path own = Files.createDirectory(folder.resolve("thread" + thread));
            threads.add(() -> {
                for (int i = 0; i < 50; i++) {
                    Path file = Files.copy(program, own.resolve("true" + i), StandardCopyOption.COPY_ATTRIBUTES);
                    ChildProgram child = launcher.program();
                    long arguments = child.texts(List.of("true"));
                    child.call("run " + file, SystemCall.EXECVE, child.text(file), arguments, child.texts(List.of()));
                    LaunchedProcess process = launcher.start(child);
                    assertThat(process.failure(process.errors().readAllBytes())).isEmpty();
                    assertThat(process.waitFor()).isZero();
                }
                return null;
            });
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads.size());
        try {
            for (Future<Void> future : pool.invokeAll(threads)) {
                future.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
