package dev.slipway.local.sandbox;

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
import dev.slipway.local.cgroup.DeviceRule;
import dev.slipway.local.emulation.Emulators;
import dev.slipway.local.launch.ElfFile;
import dev.slipway.local.launch.Errno;
import dev.slipway.local.sandbox.choice.Sandboxes;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every sandbox does with processes. */
public abstract class SandboxContract extends MountContract {

    /** Longer than any test takes. No other process of the machine does this. */
    private static final String SLEEP = "sleep 48" + ProcessHandle.current().pid();

    protected SandboxContract(String name) {
        super(name);
    }

    @Test
    protected void writesIntoTheUpperFolder() throws Exception {
        step.shell(sandbox, "echo one > /f && mkdir /d && rm /bin/yes");

        assertThat(step.upperFile("f")).isEqualTo("one\n");
        assertThat(step.upper().resolve("d")).isDirectory();
        assertThat(Files.readAttributes(step.upper().resolve("bin/yes"), "unix:rdev"))
                .containsEntry("rdev", 0L);
    }

    @Test
    void anExitCodeFailsTheStep() {
        assertThatThrownBy(() -> step.shell(sandbox, "exit 3"))
                .isInstanceOf(StepFailedException.class)
                .hasMessage("process \"/bin/sh -c exit 3\" did not complete successfully: exit code: 3")
                .extracting(e -> ((StepFailedException) e).exitCode())
                .isEqualTo(3);
    }

    @Test
    void aSignalCountsAs128AndItsNumber() {
        assertThatThrownBy(() -> step.shell(sandbox, "sh -c 'kill -9 $$'; exit $?"))
                .hasMessageEndingWith("exit code: 137");
    }

    @Test
    void bothStreamsAreHeard() throws Exception {
        step.shell(sandbox, "echo to output; echo to errors >&2");

        assertThat(step.output).hasToString("to output\n");
        assertThat(step.errors).hasToString("to errors\n");
    }

    @Test
    void aProgramIsFoundThroughPath() throws Exception {
        step.environment = List.of("PATH=/nowhere:/bin");
        step.run(sandbox, "echo", "found");

        assertThat(step.output).hasToString("found\n");
    }

    @Test
    void aProgramThatIsMissingIsNamed() {
        assertThatThrownBy(() -> step.run(sandbox, "/no/such", "program"))
                .isInstanceOf(ExecutorException.class)
                .hasMessageContaining("process \"/no/such program\"")
                .hasMessageContaining("could not be started")
                .hasMessageContaining("/no/such");
    }

    @Test
    void theEnvironmentIsWhatIsAskedForAndAPath() throws Exception {
        step.environment = List.of("A=1", "B.c-d=with blanks", "LD_PRELOAD=/nowhere.so", "BASH_FUNC_x%%=() { :; }");
        step.secrets.add(new SandboxRequest.SecretVariable("TOKEN", "s3cret"));
        step.proxy = Optional.of(new ProcessMeta.Proxy("http://proxy:1", "", "", "", ""));
        step.run(sandbox, "/bin/env");

        assertThat(step.output.toString().lines())
                .containsExactlyInAnyOrder(
                        "A=1",
                        "B.c-d=with blanks",
                        "LD_PRELOAD=/nowhere.so",
                        "BASH_FUNC_x%%=() { :; }",
                        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "HTTP_PROXY=http://proxy:1",
                        "http_proxy=http://proxy:1",
                        "TOKEN=s3cret",
                        "HOME=/root");
    }

    @Test
    protected void itIsTheFirstProcessAndSeesNoOther() throws Exception {
        step.shell(sandbox, "echo $$; ps | wc -l");

        assertThat(step.output.toString().lines()).first().isEqualTo("1");
        assertThat(step.output.toString().lines().skip(1).map(String::strip))
                .allMatch(lines -> Integer.parseInt(lines) < 5);
    }

    @Test
    void rightsAreThoseOfAContainer() throws Exception {
        step.shell(sandbox, "grep Cap /proc/self/status");

        assertThat(step.output).hasToString("""
                        CapInh:\t0000000000000000
                        CapPrm:\t00000000a80425fb
                        CapEff:\t00000000a80425fb
                        CapBnd:\t00000000a80425fb
                        CapAmb:\t0000000000000000
                        """);
    }

    @Test
    void nothingOfTheMachineCanBeMountedOrChanged() throws Exception {
        step.shell(sandbox, """
                mount -t tmpfs none /tmp && echo mounted
                hostname other && echo renamed
                mknod /tmp/disk b 8 0 && dd if=/tmp/disk of=/tmp/x count=1 && echo read
                echo x > /proc/sys/kernel/core_pattern && echo changed
                echo x > /proc/sysrq-trigger && echo triggered
                touch /sys/x && echo written
                true
                """);

        assertThat(step.output.toString().lines())
                .doesNotContain("mounted", "renamed", "changed", "triggered", "written");
    }

    @Test
    void namespacesAndKeysAreOutOfReach() throws Exception {
        step.shell(
                sandbox,
                "unshare -r true && echo unshared; grep Seccomp: /proc/self/status; echo x > /proc/sys/x; true");

        assertThat(step.output).hasToString("Seccomp:\t2\n");
        assertThat(step.errors.toString()).contains("unshare").contains("Operation not permitted");
    }

    @Test
    protected void programsOf32BitsAreConfinedToo() throws Exception {
        Path program = programOf32Bits();
        // A kernel that runs no programs of 32 bits runs none in a step either; each sandbox has its words for that.
        boolean runs = new ProcessBuilder(program.toString()).start().waitFor() == 40;

        assertThatThrownBy(() -> step.run(sandbox, "/" + program.getFileName()))
                .hasMessageMatching(
                        runs
                                ? ".* exit code: " + (40 + Errno.EPERM.number())
                                : ".* (exit code: 1|could not be started: .*)");
    }

    @Test
    void theKernelsCiphersAreOutOfReach() throws Exception {
        Path program = program(
                "ciphers",
                ElfFile.Machine.AMD64,
                "b829000000" // mov eax, 41      socket
                        + "bf26000000" // mov edi, AF_ALG
                        + "be05000000" // mov esi, SOCK_SEQPACKET
                        + "31d2" // xor edx, edx
                        + "0f05" // syscall
                        + "bf28000000" // mov edi, 40
                        + "29c7" // sub edi, eax
                        + "b83c000000" // mov eax, 60      exit
                        + "0f05"); // syscall

        assertThatThrownBy(() -> step.run(sandbox, "/" + program.getFileName()))
                .hasMessageEndingWith("exit code: " + (40 + Errno.EPERM.number()));
    }

    @Test
    protected void programsOf32BitsHaveNoWayRoundWhatIsSaidOfSockets() throws Exception {
        assumeTrue(
                new ProcessBuilder(programOf32Bits().toString()).start().waitFor() == 40, "needs programs of 32 bits");
        Path roundabout = program(
                "roundabout",
                I386,
                "6a00" // push 0
                        + "6a05" // push SOCK_SEQPACKET
                        + "6a26" // push AF_ALG
                        + "89e1" // mov ecx, esp
                        + "bb01000000" // mov ebx, SYS_SOCKET
                        + "b866000000" // mov eax, 102     socketcall
                        + "cd80" // int 0x80
                        + EXIT_32);
        Path direct = program(
                "direct",
                I386,
                "b867010000" // mov eax, 359     socket
                        + "bb01000000" // mov ebx, AF_UNIX
                        + "b901000000" // mov ecx, SOCK_STREAM
                        + "31d2" // xor edx, edx
                        + "cd80" // int 0x80
                        + EXIT_32);

        assertThatThrownBy(() -> step.run(sandbox, "/" + roundabout.getFileName()))
                .hasMessageMatching(
                        ".* exit code: (" + (40 + Errno.ENOSYS.number()) + "|" + (40 + Errno.EPERM.number()) + ")");
        assertThatThrownBy(() -> step.run(sandbox, "/" + direct.getFileName()))
                .hasMessageEndingWith("exit code: 37"); // The first free descriptor is 3.
    }

    @Test
    void noSignalIsBlockedOrIgnored() throws Exception {
        step.run(sandbox, "/bin/grep", "-E", "Sig(Blk|Ign)", "/proc/self/status");

        assertThat(step.output).hasToString("SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
    }

    private static final ElfFile.Machine I386 = new ElfFile.Machine(3, 32, ByteOrder.LITTLE_ENDIAN, 0);

    /** Ends with 40, and the number of the error that the last call ended with. */
    private static final String EXIT_32 = "bb28000000" // mov ebx, 40
            + "29c3" // sub ebx, eax
            + "b801000000" // mov eax, 1       exit
            + "cd80"; // int 0x80

    /** A program in the root of the step that ends with 40, and the number of the error if it may not make a user namespace. */
    protected Path programOf32Bits() throws IOException {
        return program(
                "unshares",
                I386,
                "b836010000" // mov eax, 310     unshare
                        + "bb00000010" // mov ebx, CLONE_NEWUSER
                        + "cd80" // int 0x80
                        + EXIT_32);
    }

    private Path program(String name, ElfFile.Machine machine, String code) throws IOException {
        assumeTrue(Platform.host().architecture().equals("amd64"), "needs amd64");
        Path program = step.lowers.get(0).resolve(name);
        Files.write(program, ElfFile.of(machine, HexFormat.of().parseHex(code)));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    @Test
    void onlyHarmlessDevicesCanBeMade() throws Exception {
        step.shell(
                sandbox,
                "for device in 'b 254 0' 'b 1 3' 'c 1 1' 'c 1 11' 'c 4 0' 'c 10 200' 'c 257 3'; do"
                        + " mknod /refused $device 2> /dev/null && echo $device; done;"
                        + " mknod /null c 1 3 && echo lost > /null && mknod /tty c 5 0 && mknod /pipe p"
                        + " && echo made");

        assertThat(step.output.toString()).isEqualTo("made\n");
    }

    @Test
    void everyDeviceCanBeMadeAndNoneOpenedWhereThereIsARule() throws Exception {
        assumeTrue(sandbox.restrictsDevices(), "needs control groups for devices");
        Optional<DeviceRule> rule = Optional.of(DeviceRule.allowing(List.of()));
        try (ControlGroup group = ControlGroup.of("", Map.of(), rule)) {
            step.provisions = new Provisions(ContainerEdits.NONE, group.entrances(), true);
            step.shell(sandbox, """
                    for device in 'b 7 0' 'b 4000 0' 'c 1 1' 'c 4000 0'; do
                      rm -f /device; mknod /device $device && chmod 666 /device && stat -c '%F %t,%T' /device; cat /device || true
                    done
                    mknod /zero c 1 5 && dd if=/zero bs=4 count=1 2> /dev/null | wc -c
                    """);
        }

        assertThat(step.output).hasToString("""
                block special file 7,0
                block special file fa0,0
                character special file 1,1
                character special file fa0,0
                4
                """);
        assertThat(step.errors.toString().lines())
                .hasSize(4)
                .allMatch(line -> line.endsWith("Operation not permitted"));
    }

    @Test
    protected void itsControlGroupsAreSeenAndCannotBeChanged() throws Exception {
        try (ControlGroup group = ControlGroup.of("", Map.of("memory", "268435456"), Optional.empty())) {
            assumeTrue(group.problem().isEmpty(), () -> group.problem().get());
            step.provisions = new Provisions(ContainerEdits.NONE, group.entrances(), false);
            step.shell(sandbox, """
                    cd /sys/fs/cgroup; [ -e cgroup.controllers ] || cd memory
                    for file in memory.max memory.limit_in_bytes; do
                      [ ! -e $file ] || cat $file
                      [ ! -e $file ] || echo 1 > $file || true
                    done
                    mkdir below || true
                    """);
        }

        assertThat(step.output).hasToString("268435456\n");
        assertThat(step.errors.toString().lines()).hasSize(2).allMatch(line -> line.endsWith("Read-only file system"));
    }

    @Test
    void whatTellsOfTheMachineIsHidden() throws Exception {
        step.shell(sandbox, "cat /proc/keys /proc/timer_list | wc -c; ls /sys/firmware | wc -l");

        assertThat(step.output.toString().lines().map(String::strip)).containsExactly("0", "0");
    }

    @Test
    protected void devicesAreThere() throws Exception {
        step.shell(
                sandbox,
                "echo lost > /dev/null; dd if=/dev/zero of=/z bs=4 count=1 2>&1 | wc -l; ls /dev | grep -v console;"
                        + " stat -c '%t,%T %a' /dev/null; df -k /dev/shm | grep -c 65536; readlink /dev/fd");

        assertThat(step.output.toString().lines())
                .contains(
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
                        "1",
                        "/proc/self/fd");
    }

    @Test
    protected void nameAndHostsAreItsOwn() throws Exception {
        step.hostname = "builder";
        step.hosts.add(new ProcessMeta.HostIp("db", "10.0.0.7"));
        step.shell(sandbox, "hostname; cat /etc/hosts");

        assertThat(step.output).hasToString("""
                        builder
                        127.0.0.1\tlocalhost builder
                        ::1\tlocalhost ip6-localhost ip6-loopback
                        10.0.0.7\tdb
                        """);
    }

    @Test
    void resolvConfIsTheMachines() throws Exception {
        step.shell(sandbox, "cat /etc/resolv.conf");

        assertThat(step.output).hasToString(Files.readString(Path.of("/etc/resolv.conf")));
    }

    @Test
    protected void withoutANetworkThereIsOnlyLoopback() throws Exception {
        step.network = NetworkMode.NONE;
        step.shell(sandbox, "ls /sys/class/net; cat /sys/class/net/lo/flags");

        assertThat(step.output.toString().lines()).containsExactly("lo", "0x9");
    }

    @Test
    void userAndGroupsComeFromTheImage() throws Exception {
        step.user = "www-data";
        step.shell(sandbox, "id; echo $HOME");

        assertThat(step.output.toString().lines().toList())
                .containsExactly("uid=33(www-data) gid=33(www-data) groups=33(www-data),100(users)", "/var/www");
    }

    @Test
    void anotherUserHasNoRights() throws Exception {
        step.user = "33:100";
        step.shell(sandbox, "id; grep -E 'Cap(Prm|Eff|Bnd)' /proc/self/status; echo x > /etc/x || echo refused");

        assertThat(step.output.toString().lines())
                .containsExactly(
                        "uid=33(www-data) gid=100(users) groups=100(users)",
                        "CapPrm:\t0000000000000000",
                        "CapEff:\t0000000000000000",
                        "CapBnd:\t00000000a80425fb",
                        "refused");
    }

    @Test
    void anUnknownUserIsNamed() {
        step.user = "nobody-here";

        assertThatThrownBy(() -> step.shell(sandbox, "id"))
                .isInstanceOf(ExecutorException.class)
                .hasMessageStartingWith("unable to find user nobody-here: no matching entries in passwd file; ");
    }

    @Test
    void theWorkingFolderIsMadeForTheUser() throws Exception {
        step.user = "www-data";
        step.workingDirectory = "/srv/app";
        step.shell(sandbox, "pwd; touch f; stat -c '%u:%g %a' .");

        assertThat(step.output).hasToString("/srv/app\n33:33 755\n");
        assertThat(step.upper().resolve("srv/app/f")).exists();
    }

    @Test
    void aWorkingFolderBeyondAParentIsReachedThroughIt() throws Exception {
        step.workingDirectory = "/not-there/../srv/./app/";
        step.shell(sandbox, "pwd");

        assertThat(step.output).hasToString("/srv/app\n");
        assertThat(step.upper().resolve("not-there")).isDirectory();
    }

    @Test
    void limitsAreSet() throws Exception {
        step.ulimits.add(new ProcessMeta.Ulimit("nofile", 100, 200));
        step.shell(sandbox, "ulimit -n; ulimit -Hn");

        assertThat(step.output).hasToString("100\n200\n");
    }

    @Test
    void aForeignProgramRunsInItsEmulator() throws Exception {
        step.platform = Platform.parse("linux/arm64");
        assumeTrue(
                new Emulators(folder, folder)
                        .platforms().stream()
                                .anyMatch(support -> !support.isNative()
                                        && support.platform().equals(step.platform)),
                "needs a handler for linux/arm64");
        byte[] code = HexFormat.of()
                .parseHex(
                        "e00580d2" // mov x0, 47
                                + "a80b80d2" // mov x8, 93          exit
                                + "010000d4"); // svc 0
        Path program = Files.write(step.lowers.get(0).resolve("foreign"), ElfFile.of(ElfFile.Machine.ARM64, code));
        assertThat(program.toFile().setExecutable(true)).isTrue();

        assertThatThrownBy(() -> step.run(sandbox, "/foreign")).hasMessageEndingWith("exit code: 47");
    }

    @Test
    void aPlatformThatCannotRunIsNamed() {
        step.platform = Platform.of("linux", "sparc64", "");

        assertThatThrownBy(() -> step.shell(sandbox, "true"))
                .isInstanceOf(ExecutorException.class)
                .hasMessageStartingWith("linux/sparc64 cannot run here: no emulator is registered for it");
    }

    @Test
    void outputBeyondTheLimitIsClipped() throws Exception {
        step.logLimits = new LogLimits(1000, -1);
        step.shell(sandbox, "yes | dd bs=1000 count=5 2>/dev/null");

        assertThat(step.output.toString())
                .endsWith("\n[output clipped, log limit 1000B reached]\n")
                .hasSizeLessThan(1100);
    }

    @Test
    void theEndOfClippedOutputIsToldIfTheStepFails() {
        step.logLimits = new LogLimits(10, -1);

        assertThatThrownBy(() -> step.shell(sandbox, "seq 1 1000; echo the reason; exit 1"))
                .isInstanceOf(StepFailedException.class);
        assertThat(step.output.toString()).endsWith("999\n1000\nthe reason\n");
    }

    @Test
    protected void withoutConfinementEverythingIsAllowed() throws Exception {
        step.security = SecurityMode.INSECURE;
        step.shell(
                sandbox, "mount -t tmpfs none /tmp && echo mounted; [ -w /proc/sys/kernel/hostname ] && echo writable");

        assertThat(step.output).hasToString("mounted\nwritable\n");
    }

    @Test
    protected void withoutConfinementTheMachinesDevicesAreThere() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/loop-control")), "needs /dev/loop-control");
        step.security = SecurityMode.INSECURE;
        step.shell(sandbox, "stat -c '%t,%T %a' /dev/loop-control");

        assertThat(step.output).hasToString("a,ed 666\n");
    }

    @Test
    void interruptingEndsEverything() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                step.shell(sandbox, SLEEP + " & sh -c '" + SLEEP + "' & wait");
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        thread.start();
        while (running(SLEEP).size() < 2) {
            assertThat(thread.isAlive()).as(() -> "step runs: " + thrown.get()).isTrue();
            Thread.sleep(20);
        }
        thread.interrupt();
        thread.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(running(SLEEP)).isEmpty();
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(folder.toString());
    }

    @Test
    protected void aKilledJvmLeavesNothingRunning() throws Exception {
        step.user = "www-data"; // A change of user makes the kernel forget whose end a process shares.
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SleepingStep.class.getName(),
                        Files.createDirectory(folder.resolve("other")).toString(),
                        name)
                .redirectErrorStream(true)
                .start();
        String sleep = SleepingStep.sleep(jvm.pid());
        while (running(sleep).isEmpty()) {
            assertThat(jvm.isAlive()).isTrue();
            Thread.sleep(20);
        }
        jvm.destroyForcibly().waitFor();
        while (!running(sleep).isEmpty()) {
            Thread.sleep(10);
        }
    }

    /** A JVM that runs a step for ever. */
    public static final class SleepingStep {

        /** What is known to the one who works in a folder, and to nobody else. */
        public static String secret(Path folder) {
            return "known to the one in " + folder;
        }

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            TestStep step = TestStep.onBusybox(folder);
            step.user = "www-data";
            byte[] secret = secret(folder).getBytes(StandardCharsets.UTF_8);
            step.mounts.add(new SandboxMount("/run/secrets/s", new SandboxMount.Secret(secret, 0, 0, 0400), true));
            step.shell(
                    new Sandboxes(folder, folder, new Emulators(folder, folder)).choose(arguments[1]),
                    sleep(ProcessHandle.current().pid()) + "; true");
        }

        /** What the step of a JVM does, and no other process of the machine. */
        static String sleep(long jvm) {
            return "sleep 49" + jvm;
        }
    }

    private static List<String> running(String command) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .map(process -> process.resolve("cmdline"))
                    .filter(Files::isReadable)
                    .filter(file -> {
                        try {
                            return Files.readString(file).equals(command.replace(' ', '\0') + "\0");
                        } catch (IOException e) {
                            return false; // It has just ended.
                        }
                    })
                    .map(Path::toString)
                    .toList();
        }
    }
}
