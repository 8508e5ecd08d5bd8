package dev.slipway.local.sandbox.proot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.StepFailedException;
import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.ExecOp.SecurityMode;
import dev.slipway.llb.Platform;
import dev.slipway.llb.ProcessMeta;
import dev.slipway.local.cdi.ContainerEdits;
import dev.slipway.local.cgroup.ControlGroup;
import dev.slipway.local.emulation.Emulators;
import dev.slipway.local.launch.ElfFile;
import dev.slipway.local.launch.Launcher;
import dev.slipway.local.sandbox.Provisions;
import dev.slipway.local.sandbox.Sandbox;
import dev.slipway.local.sandbox.SandboxContract;
import dev.slipway.local.sandbox.SandboxMount;
import dev.slipway.local.sandbox.choice.Sandboxes;
import dev.slipway.local.supervision.LandlockDomain;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Processes that root starts, each as the user that it is to be. Where they do less than in other sandboxes, a test of theirs is
 * replaced by what they do instead.
 */
class ProotSandboxTest extends SandboxContract {

    ProotSandboxTest() {
        super("proot");
    }

    @Override
    @BeforeEach
    protected void setUp() throws IOException {
        super.setUp();
        assumeTrue(sandbox.hasTrueOwners(), "needs root");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @Test
    void filesAreGivenAway() throws Exception {
        step.shell(sandbox, "touch /f /g && chown 33:100 /f && chown 7 /g && chmod 4750 /f && stat -c '%u:%g %a' /f");

        assertThat(step.output).hasToString("33:100 4750\n");
        assertThat(owner(step.upper().resolve("f"))).isEqualTo("33:100");
        assertThat(owner(step.upper().resolve("g"))).isEqualTo("7:0");
    }

    @Test
    void filesBelongToWhomAProcessHasBecome() throws Exception {
        step.shell(
                sandbox, "chmod 1777 /tmp && busybox su -s /bin/sh www-data -c 'touch /tmp/f; touch /etc/f || true'");

        assertThat(owner(step.upper().resolve("tmp/f"))).isEqualTo("33:33");
        assertThat(step.upper().resolve("etc/f")).doesNotExist();
        assertThat(step.errors.toString()).contains("Permission denied");
    }

    /** He may look into every folder then, but change only what is his. */
    @Test
    void aUserReachesFilesInAFolderThatIsClosedToHim() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Path cache = Files.createDirectory(folder.resolve("cache"));
        Files.setAttribute(cache, "unix:uid", 33);
        step.user = "www-data";
        step.mounts.add(new SandboxMount("/cache", new SandboxMount.Folder(cache, "/"), false));
        step.shell(sandbox, "echo kept > /cache/f && cat /cache/f; touch /etc/x || echo refused");

        assertThat(step.output).hasToString("kept\nrefused\n");
        assertThat(owner(cache.resolve("f"))).isEqualTo("33:33");
    }

    /** As in most pods: there the kernel would close the memory of who has become another to the tracer. */
    @Test
    void whoCannotTraceOthersOnlySeemsToBecomeThem() throws Exception {
        Path scratch = Files.createDirectory(folder.resolve("pod"));
        Launcher launcher = Launcher.in(scratch);
        ProotProgram program = ProotProgram.find(launcher, scratch).program().orElseThrow();
        Sandbox pods = new ProotSandbox(
                launcher,
                program,
                new RootRights(true, false, true, false),
                false,
                Optional.empty(),
                new Emulators(scratch, scratch));
        step.shell(
                pods,
                "touch /g && chown 7:8 /g && mknod /null c 1 3 && busybox su -s /bin/sh www-data -c 'id; stat -c %u:%g /g'"
                        + " && touch /f && chown 33 /f");

        assertThat(step.output).hasToString("uid=33(www-data) gid=33(www-data) groups=33(www-data),100(users)\n7:8\n");
        assertThat(owner(step.upper().resolve("g"))).isEqualTo("7:8");
        assertThat(owner(step.upper().resolve("f"))).isEqualTo("33:0");
        assertThat(Files.getAttribute(step.upper().resolve("null"), "unix:rdev"))
                .isEqualTo(0x103L);

        step.user = "www-data";
        step.shell(pods, "id -G; touch /tmp/h || echo refused");

        assertThat(step.output).hasToString("33 100\nrefused\n");
    }

    @Test
    void itReachesNoOtherProcess() throws Exception {
        assumeTrue(LandlockDomain.ofKernel().isPresent(), "needs a kernel with Landlock");
        Process other = new ProcessBuilder("sleep", "600").start();
        try {
            String process = "/proc/" + other.pid();
            step.shell(
                    sandbox,
                    "test -d " + process + " && for file in environ maps mem fd/0; do"
                            + " (: < " + process + "/$file) 2> /dev/null && echo $file; done; kill -0 " + other.pid()
                            + " 2> /dev/null && echo signal; (: < /proc/self/environ) && sleep 1 & kill -0 $! && echo own");
        } finally {
            other.destroyForcibly();
        }

        assertThat(step.output).hasToString("own\n");
    }

    /** They would lead to the sockets of the machine. */
    @ParameterizedTest
    @CsvSource({
        "b829000000 bf01000000 be02000000 31d2 4989e2 0f05, 134", // socket(AF_UNIX, SOCK_DGRAM)
        "b829000000 bf01000000 be03000800 31d2 4989e2 0f05, 134", // socket(AF_UNIX, SOCK_RAW | SOCK_CLOEXEC)
        "b835000000 bf01000000 be02000000 31d2 4989e2 0f05, 134", // socketpair(AF_UNIX, SOCK_DGRAM)
        "b835000000 bf01000000 be01000000 31d2 4989e2 0f05, 40", // socketpair(AF_UNIX, SOCK_STREAM)
    })
    void thereAreNoUnixSocketsForDatagrams(String call, int exitCode) throws Exception {
        assertThatThrownBy(() -> runCode(call)).hasMessageEndingWith(" exit code: " + exitCode);
    }

    /** One of processor time would kill it, or this program. */
    @ParameterizedTest
    @CsvSource({
        // prlimit64(getpid(), RLIMIT_CORE, new, 0): the filter cannot tell it from another process
        "b827000000 0f05 89c7 b82e010000 be04000000 4889e2 4531d2 0f05, 41",
        "b82e010000 31ff be04000000 31d2 4989e2 0f05, 40", // prlimit64(0, RLIMIT_CORE, 0, old)
    })
    void noLimitsAreSetForOtherProcesses(String call, int exitCode) throws Exception {
        assertThatThrownBy(() -> runCode(call)).hasMessageEndingWith(" exit code: " + exitCode);
    }

    /** Runs a call in a step, which ends with 40 and the number of the error. */
    private void runCode(String call) throws Exception {
        assumeTrue(Platform.host().architecture().equals("amd64"), "needs amd64");
        String end = "bf28000000 29c7 b83c000000 0f05"; // exit(40 - result)
        byte[] code = HexFormat.of().parseHex((call + end).replace(" ", ""));
        Path program = step.lowers.get(0).resolve("asks");
        Files.write(program, ElfFile.of(new ElfFile.Machine(62, 64, ByteOrder.LITTLE_ENDIAN, 0), code));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        step.run(sandbox, "/asks");
    }

    private static String owner(Path file) throws IOException {
        return Files.getAttribute(file, "unix:uid") + ":" + Files.getAttribute(file, "unix:gid");
    }

    /** It is given one folder. */
    @Override
    protected void manyLayersAreOneRoot() {}

    @Override
    @Test
    protected void aKilledJvmLeavesNothingRunning() throws Exception {
        super.aKilledJvmLeavesNothingRunning();
        assertThat(secretsInMemory()).as("nobody has collected them yet").isNotEmpty();
        Path scratch = Files.createDirectory(folder.resolve("next"));
        new Sandboxes(scratch, scratch, new Emulators(scratch, scratch)).probe();

        assertThat(secretsInMemory()).isEmpty();
    }

    private List<Path> secretsInMemory() throws IOException {
        String secret = SleepingStep.secret(folder.resolve("other"));
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(Path.of("/dev/shm"), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.size() == secret.length()
                        && Files.readString(file).equals(secret)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE; // It is another program's, and gone.
            }
        });
        return found;
    }

    @Override
    @Test
    protected void writesIntoTheUpperFolder() throws Exception {
        step.shell(sandbox, "echo one > /f && mkdir /d && rm /bin/yes");

        assertThat(step.upperFile("f")).isEqualTo("one\n");
        assertThat(step.upper().resolve("d")).isDirectory();
        assertThat(step.upper().resolve("bin")).isEmptyDirectory();
    }

    @Override
    @Test
    protected void itIsTheFirstProcessAndSeesNoOther() throws Exception {
        String seconds = "47" + ProcessHandle.current().pid();
        step.shell(sandbox, "sleep " + seconds + " & echo $$");

        assertThat(ProcessHandle.allProcesses()
                        .map(ProcessHandle::info)
                        .flatMap(info -> info.arguments().stream())
                        .map(List::of))
                .as("what it leaves running is ended")
                .doesNotContain(List.of(seconds));
    }

    /** It cannot start them: those of another platform run in an emulator. */
    @Override
    @Test
    protected void programsOf32BitsAreConfinedToo() throws Exception {
        programOf32Bits();

        assertThatThrownBy(() -> step.run(sandbox, "/unshares"))
                .hasMessageContaining("/unshares is not a program for linux/amd64");
    }

    @Override
    @Test
    protected void programsOf32BitsHaveNoWayRoundWhatIsSaidOfSockets() throws Exception {
        programsOf32BitsAreConfinedToo();
    }

    @Override
    @Test
    protected void devicesAreThere() throws Exception {
        step.shell(
                sandbox,
                "echo lost > /dev/null; dd if=/dev/zero of=/z bs=4 count=1 2>&1 | wc -l; ls /dev;"
                        + " stat -c '%t,%T %a' /dev/null; readlink /dev/fd");

        assertThat(step.output.toString().lines())
                .containsExactly(
                        "2",
                        "fd",
                        "full",
                        "mqueue",
                        "null",
                        "ptmx",
                        "pts",
                        "random",
                        "shm",
                        "stderr",
                        "stdin",
                        "stdout",
                        "tty",
                        "urandom",
                        "zero",
                        "1,3 666",
                        "/proc/self/fd");
    }

    @Override
    @Test
    protected void nameAndHostsAreItsOwn() throws Exception {
        step.hostname = "builder";
        step.hosts.add(new ProcessMeta.HostIp("db", "10.0.0.7"));
        step.shell(sandbox, "cat /etc/hosts");

        assertThat(step.output).hasToString("""
                        127.0.0.1\tlocalhost builder
                        ::1\tlocalhost ip6-localhost ip6-loopback
                        10.0.0.7\tdb
                        """);
        assertThat(step.warnings).containsExactly("the host name builder has no effect in the sandbox proot");
    }

    @Override
    @Test
    protected void withoutANetworkThereIsOnlyLoopback() throws Exception {
        step.network = NetworkMode.NONE;
        step.shell(sandbox, "nc 127.0.0.1 1 2>&1 || true");

        assertThat(step.output.toString()).contains("Network is unreachable");
        assertThatThrownBy(() -> step.shell(sandbox, "nc 127.0.0.1 1"))
                .isInstanceOf(StepFailedException.class)
                .hasMessage(
                        "process \"/bin/sh -c nc 127.0.0.1 1\" did not complete successfully: exit code: 1; without a"
                                + " network, a step in the sandbox proot can reach nothing over it, not even itself: if it"
                                + " has to, leave out --network=none or run the build where another sandbox can be used");
    }

    @Test
    void devicesOfTheMachineAreRefused() {
        ContainerEdits.DeviceNode node = new ContainerEdits.DeviceNode(
                "null0", "/dev/null", "c", 1, 3, 0666, Optional.empty(), Optional.empty());
        step.provisions = new Provisions(
                new ContainerEdits(List.of(), List.of(node), List.of(), List.of(), List.of()), List.of(), false);

        assertThatThrownBy(() -> step.shell(sandbox, "true"))
                .isInstanceOf(ExecutorException.class)
                .hasMessage(
                        "process \"/bin/sh -c true\" could not be started: this sandbox gives steps no devices; run the"
                                + " build where another one can be used");
    }

    /** It is a folder of the disk, where only harmless devices can be made. */
    @Override
    @Test
    protected void aDeviceInAFolderInMemoryCannotBeOpened() throws Exception {
        step.mounts.add(new SandboxMount("/memory", new SandboxMount.Memory(0), false));
        step.shell(sandbox, "mknod /memory/disk b 7 0 && cat /memory/disk || true");

        assertThat(step.errors.toString().lines()).singleElement().asString().contains("/memory/disk: ");
    }

    /** Nothing is mounted: the machine's are shown. */
    @Override
    @Test
    protected void itsControlGroupsAreSeenAndCannotBeChanged() throws Exception {
        try (ControlGroup group = ControlGroup.of("", Map.of("memory", "268435456"), Optional.empty())) {
            assumeTrue(group.problem().isEmpty(), () -> group.problem().get());
            step.provisions = new Provisions(ContainerEdits.NONE, group.entrances(), false);
            step.shell(sandbox, "cat /proc/self/cgroup; mkdir /sys/fs/cgroup/below || true");
        }

        assertThat(step.output.toString().lines())
                .anyMatch(line -> line.matches(".*[:,]memory[:,].*/slipway/[0-9-]+|0::.*/slipway/[0-9-]+"));
        assertThat(step.errors.toString().lines()).singleElement().asString().contains("Read-only file system");
    }

    @Override
    @Test
    protected void withoutConfinementEverythingIsAllowed() {
        step.security = SecurityMode.INSECURE;

        assertThatThrownBy(() -> step.shell(sandbox, "true"))
                .isInstanceOf(ExecutorException.class)
                .hasMessage(
                        "process \"/bin/sh -c true\" could not be started: security=insecure gives a step rights that"
                                + " the sandbox proot does not have; run the build where another sandbox can be used");
    }

    @Override
    protected void withoutConfinementTheMachinesDevicesAreThere() {
        // It is refused.
    }

    @Override
    @Test
    protected void aReadOnlyRootRefusesWritesButHasItsMounts() throws Exception {
        step.readOnlyRoot = true;
        step.mounts.add(new SandboxMount("/var/cache", new SandboxMount.Memory(0), false));
        step.shell(sandbox, "touch /f; touch /var/cache/f && ls /var/cache");

        assertThat(step.output).hasToString("f\n");
        assertThat(names(step.lowers.get(0))).doesNotContain("var", "dev", "f");
    }

    @Override
    @Test
    protected void aReadOnlyMountRefusesWrites() throws Exception {
        Path cache = Files.createDirectory(folder.resolve("cache"));
        Files.writeString(cache.resolve("kept"), "old\n");
        step.mounts.add(new SandboxMount("/cache", new SandboxMount.Folder(cache, "/"), true));
        step.shell(sandbox, "touch /cache/f; cat /cache/kept; echo new > /cache/kept");

        assertThat(step.output).hasToString("old\n");
        assertThat(names(cache)).containsExactly("", "kept");
        assertThat(cache.resolve("kept")).hasContent("old\n");
    }

    @Override
    @Test
    protected void aSecretIsAFileInMemory() throws Exception {
        byte[] secret = "do not tell".getBytes(StandardCharsets.UTF_8);
        step.user = "www-data";
        step.mounts.add(new SandboxMount("/run/secrets/key", new SandboxMount.Secret(secret, 33, 33, 0440), true));
        step.shell(sandbox, "cat /run/secrets/key; stat -c ' %u:%g %a' /run/secrets/key");

        assertThat(step.output).hasToString("do not tell 33:33 440\n");
        assertThat(names(step.upper())).doesNotContain("run");
        assertThat(names(folder)).noneMatch(name -> name.contains("proot"));
    }

    @Override
    @Test
    protected void memoryHasItsSize() throws Exception {
        step.mounts.add(new SandboxMount("/dev/shm", new SandboxMount.Memory(1 << 20), false));
        step.shell(sandbox, "echo kept > /dev/shm/f; cat /dev/shm/f; stat -c %a /dev/shm");

        assertThat(step.output).hasToString("kept\n1777\n");
    }

    @Test
    void whatIsClosedToItsOwnerIsOpenToRoot() throws Exception {
        Path root = step.lowers.get(0);
        Path closed =
                Files.writeString(Files.createDirectory(root.resolve("closed")).resolve("f"), "old\n");
        Files.setAttribute(closed, "unix:mode", 0);
        Files.setAttribute(closed.getParent(), "unix:mode", 0);
        Files.setAttribute(root, "unix:mode", 0555);
        step.mounts.add(new SandboxMount("/srv/cache", new SandboxMount.Memory(0), false));
        step.shell(sandbox, "cat /closed/f; echo new > /closed/f; touch /closed/g; stat -c %a /closed /closed/f /");

        assertThat(step.output).hasToString("old\n0\n0\n555\n");
        assertThat(step.upper().resolve("closed/f")).hasContent("new\n");
        assertThat(step.upper().resolve("srv")).doesNotExist();
    }
}
