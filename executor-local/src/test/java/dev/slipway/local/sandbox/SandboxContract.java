package dev.slipway.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.StepFailedException;
import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.ExecOp.SecurityMode;
import dev.slipway.llb.ProcessMeta;
import dev.slipway.local.emulation.Emulators;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every sandbox does. */
@Tag("end-to-end")
@Timeout(60)
abstract class SandboxContract {

    @TempDir
    Path folder;

    private final String name;
    Sandbox sandbox;
    TestStep step;

    SandboxContract(String name) {
        this.name = name;
    }

    @BeforeEach
    void setUp() throws IOException {
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        Sandboxes sandboxes = new Sandboxes(scratch, new Emulators(scratch));
        Optional<String> problem = sandboxes.probe().stream()
                .filter(probe -> probe.name().equals(name))
                .findFirst()
                .orElseThrow()
                .problem();
        assumeTrue(problem.isEmpty(), () -> name + ": " + problem.orElse(""));
        assumeTrue(Files.exists(TestStep.BUSYBOX), "needs busybox-static");
        sandbox = sandboxes.choose(name);
        step = TestStep.onBusybox(folder);
    }

    @Test
    void writesIntoTheUpperFolder() throws Exception {
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
    void itIsTheFirstProcessAndSeesNoOther() throws Exception {
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
    void whatTellsOfTheMachineIsHidden() throws Exception {
        step.shell(sandbox, "cat /proc/keys /proc/timer_list | wc -c; ls /sys/firmware | wc -l");

        assertThat(step.output.toString().lines().map(String::strip)).containsExactly("0", "0");
    }

    @Test
    void devicesAreThere() throws Exception {
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
    void nameAndHostsAreItsOwn() throws Exception {
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
    void withoutANetworkThereIsOnlyLoopback() throws Exception {
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
                .hasMessage("unable to find user nobody-here: no matching entries in passwd file");
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
    void limitsAreSet() throws Exception {
        step.ulimits.add(new ProcessMeta.Ulimit("nofile", 100, 200));
        step.shell(sandbox, "ulimit -n; ulimit -Hn");

        assertThat(step.output).hasToString("100\n200\n");
    }

    @Test
    void foldersOfTheKernelStayAndStubsGo() throws Exception {
        step.mounts.add(new SandboxMount("/var/cache/deep/er", new SandboxMount.Memory(0), false));
        step.mounts.add(
                new SandboxMount("/run/secrets/key", new SandboxMount.Secret(new byte[] {1}, 0, 0, 0400), true));
        step.shell(sandbox, "true");

        assertThat(names(step.upper())).containsExactly("", "dev", "etc", "proc", "sys");
    }

    @Test
    void aStubThatWasFilledStays() throws Exception {
        step.mounts.add(new SandboxMount("/var/cache/deep", new SandboxMount.Memory(0), false));
        step.shell(sandbox, "echo x > /var/kept; echo y > /var/cache/deep/lost");

        assertThat(names(step.upper())).containsExactly("", "dev", "etc", "proc", "sys", "var", "var/kept");
    }

    @Test
    void removingAStubKeepsTheTimesOfItsFolder() throws Exception {
        step.mounts.add(new SandboxMount("/tmp/cache", new SandboxMount.Memory(0), false));
        step.shell(sandbox, "touch -d '2001-02-03 04:05:06' /tmp");

        assertThat(Files.getLastModifiedTime(step.upper().resolve("tmp")))
                .isEqualTo(FileTime.from(java.time.Instant.parse("2001-02-03T04:05:06Z")));
    }

    @Test
    void aLinkPutInPlaceOfAStubLeadsNowhere() throws Exception {
        Path outside = Files.createDirectories(folder.resolve("outside/cache"));
        step.mounts.add(new SandboxMount("/var/cache", new SandboxMount.Memory(0), false));
        step.shell(sandbox, "mkdir /other && ln -s " + outside.getParent() + " /other/l || true");
        step.lowers.add(0, step.upper());

        assertThat(outside).exists();
    }

    @Test
    void linksInDestinationsStayInTheRoot() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path root = step.lowers.get(0);
        Files.createSymbolicLink(root.resolve("out"), outside);
        Files.createSymbolicLink(root.resolve("etc/resolv.conf"), Path.of("../../../run/there/resolv.conf"));
        step.mounts.add(new SandboxMount("/out/mounted", new SandboxMount.Secret(new byte[] {65}, 0, 0, 0444), true));
        step.shell(sandbox, "cat " + outside + "/mounted; cat /run/there/resolv.conf | wc -l");

        assertThat(step.output.toString()).startsWith("A");
        assertThat(names(outside)).containsExactly("");
    }

    @Test
    void aFolderOfTheMachineOutlivesTheStep() throws Exception {
        Path cache = Files.createDirectory(folder.resolve("cache"));
        step.mounts.add(new SandboxMount("/cache", new SandboxMount.Folder(cache, "/sub/dir"), false));
        step.shell(sandbox, "echo kept > /cache/f");

        assertThat(Files.readString(cache.resolve("sub/dir/f"))).isEqualTo("kept\n");
        assertThat(step.upper().resolve("cache")).doesNotExist();
    }

    @Test
    void aReadOnlyMountRefusesWrites() throws Exception {
        Path cache = Files.createDirectory(folder.resolve("cache"));
        step.mounts.add(new SandboxMount("/cache", new SandboxMount.Folder(cache, "/"), true));
        step.shell(sandbox, "touch /cache/f 2>&1 || true");

        assertThat(step.output.toString()).contains("Read-only file system");
    }

    @Test
    void linksInAFolderOfTheMachineStayInIt() throws Exception {
        Path cache = Files.createDirectories(folder.resolve("cache/inside"));
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createSymbolicLink(cache.resolveSibling("link"), outside);
        step.mounts.add(new SandboxMount("/cache", new SandboxMount.Folder(cache.getParent(), "/link"), false));
        step.shell(sandbox, "touch /cache/f");

        assertThat(names(outside)).containsExactly("");
        assertThat(cache.getParent().resolve(outside.toString().substring(1)).resolve("f"))
                .exists();
    }

    @Test
    void layersAreMountedTogether() throws Exception {
        Path lower = Files.createDirectories(folder.resolve("other/lower"));
        Path upper = Files.createDirectories(folder.resolve("other/upper"));
        Files.createDirectory(lower.resolve("d"));
        Files.createDirectory(upper.resolve("d"));
        Files.writeString(lower.resolve("d/a"), "below\n");
        Files.writeString(upper.resolve("d/b"), "above\n");
        Overlay layers = Overlay.readOnly(List.of(upper, lower), merged(upper, lower));
        step.mounts.add(new SandboxMount("/from", new SandboxMount.Layers(layers, "/d"), true));
        step.mounts.add(new SandboxMount("/one", new SandboxMount.Layers(layers, "/d/b"), true));
        step.shell(sandbox, "cat /from/a /from/b /one");

        assertThat(step.output).hasToString("below\nabove\nabove\n");
        assertThat(names(step.upper())).containsExactly("", "dev", "etc", "proc", "sys");
    }

    @Test
    void whatIsWrittenToLayersIsThrownAway() throws Exception {
        Path lower = Files.createDirectories(folder.resolve("other/lower"));
        Files.writeString(lower.resolve("a"), "old\n");
        Overlay layers = Overlay.writable(
                List.of(lower),
                Files.createDirectories(folder.resolve("other/upper")),
                Files.createDirectories(folder.resolve("other/work")),
                new HostFolder(lower));
        step.mounts.add(new SandboxMount("/from", new SandboxMount.Layers(layers, "/"), false));
        step.shell(sandbox, "echo new > /from/a; cat /from/a");

        assertThat(step.output).hasToString("new\n");
        assertThat(Files.readString(lower.resolve("a"))).isEqualTo("old\n");
    }

    @Test
    void aMissingSourceIsNamed() {
        Overlay layers = Overlay.readOnly(List.of(folder), new HostFolder(folder));
        step.mounts.add(new SandboxMount("/from", new SandboxMount.Layers(layers, "/no/such"), true));

        assertThatThrownBy(() -> step.shell(sandbox, "true"))
                .isInstanceOf(ExecutorException.class)
                .hasMessageContaining("/no/such");
    }

    @Test
    void aSecretIsAFileInMemory() throws Exception {
        byte[] secret = "do not tell".getBytes(StandardCharsets.UTF_8);
        step.user = "www-data";
        step.mounts.add(new SandboxMount("/run/secrets/key", new SandboxMount.Secret(secret, 33, 100, 0440), true));
        step.shell(
                sandbox,
                "cat /run/secrets/key; stat -c ' %u:%g %a' /run/secrets/key; grep -c ' /run/secrets/key .* tmpfs'"
                        + " /proc/self/mountinfo");

        assertThat(step.output).hasToString("do not tell 33:100 440\n1\n");
        assertThat(names(step.upper())).doesNotContain("run");
    }

    @Test
    void memoryHasItsSize() throws Exception {
        step.mounts.add(new SandboxMount("/dev/shm", new SandboxMount.Memory(1 << 20), false));
        step.shell(sandbox, "df -k /dev/shm | grep -c 1024; stat -c %a /dev/shm");

        assertThat(step.output).hasToString("1\n1777\n");
    }

    @Test
    void anSshAgentIsReached() throws Exception {
        Path socket = folder.resolve("agent.sock");
        try (ServerSocketChannel agent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            agent.bind(UnixDomainSocketAddress.of(socket));
            Thread answers = new Thread(() -> {
                try (SocketChannel channel = agent.accept()) {
                    channel.write(ByteBuffer.wrap("hello from the agent\n".getBytes(StandardCharsets.UTF_8)));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            answers.start();
            step.user = "www-data";
            step.mounts.add(new SandboxMount(
                    "/run/buildkit/ssh_agent.0", new SandboxMount.SshAgent(socket, 33, 33, 0600), true));
            addMachinesPrograms();
            step.shell(sandbox, """
                    stat -c '%F %u:%g %a' /run/buildkit/ssh_agent.0
                    /usr/bin/perl -MIO::Socket::UNIX -e 'print IO::Socket::UNIX->new("/run/buildkit/ssh_agent.0")->getline'
                    """);
            answers.join();
        }

        assertThat(step.output).hasToString("socket 33:33 600\nhello from the agent\n");
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
    void withoutConfinementEverythingIsAllowed() throws Exception {
        step.security = SecurityMode.INSECURE;
        step.shell(
                sandbox, "mount -t tmpfs none /tmp && echo mounted; [ -w /proc/sys/kernel/hostname ] && echo writable");

        assertThat(step.output).hasToString("mounted\nwritable\n");
    }

    @Test
    void manyLayersAreOneRoot() throws Exception {
        List<RootFiles> files = new ArrayList<>(List.of(step.files));
        for (int number = 1; number <= 450; number++) {
            Path layer = step.layer("a-layer-with-a-rather-long-name-" + number);
            Files.writeString(layer.resolve("f" + number), "");
        }
        step.shell(sandbox, "ls / | grep -c ^f");

        assertThat(step.output).hasToString("450\n");
    }

    @Test
    void interruptingEndsEverythingWithinTwoSeconds() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                step.shell(sandbox, "sleep 4711 & sh -c 'sleep 4711' & wait");
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        thread.start();
        while (running("sleep\0" + "4711").size() < 2) {
            assertThat(thread.isAlive()).as(() -> "step runs: " + thrown.get()).isTrue();
            Thread.sleep(20);
        }
        long start = System.nanoTime();
        thread.interrupt();
        thread.join();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(running("sleep\0" + "4711")).isEmpty();
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(folder.toString());
    }

    @Test
    void aKilledJvmLeavesNothingRunning() throws Exception {
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
        while (running("sleep\0" + "4712").isEmpty()) {
            assertThat(jvm.isAlive()).isTrue();
            Thread.sleep(20);
        }
        jvm.destroyForcibly().waitFor();
        long start = System.nanoTime();
        while (!running("sleep\0" + "4712").isEmpty() && System.nanoTime() - start < 2e9) {
            Thread.sleep(10);
        }

        assertThat(running("sleep\0" + "4712")).isEmpty();
    }

    /** A JVM that runs a step for ever. */
    static final class SleepingStep {

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            TestStep step = TestStep.onBusybox(folder);
            step.user = "www-data";
            step.shell(new Sandboxes(folder, new Emulators(folder)).choose(arguments[1]), "sleep 4712; true");
        }
    }

    /** Busybox cannot do everything. */
    private void addMachinesPrograms() throws IOException {
        step.mounts.add(new SandboxMount("/usr", new SandboxMount.Folder(Path.of("/usr"), "/"), true));
        for (String name : List.of("lib", "lib64")) {
            Files.createSymbolicLink(step.lowers.get(0).resolve(name), Path.of("usr", name));
        }
    }

    private static List<String> running(String commandLine) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .map(process -> process.resolve("cmdline"))
                    .filter(Files::isReadable)
                    .filter(file -> {
                        try {
                            return Files.readString(file).startsWith(commandLine);
                        } catch (IOException e) {
                            return false; // It has just ended.
                        }
                    })
                    .map(Path::toString)
                    .toList();
        }
    }

    static List<String> names(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .sorted(Comparator.naturalOrder())
                    .collect(Collectors.toList());
        }
    }

    private static RootFiles merged(Path upper, Path lower) {
        return path -> new HostFolder(upper).find(path).or(() -> new HostFolder(lower).find(path));
    }
}
