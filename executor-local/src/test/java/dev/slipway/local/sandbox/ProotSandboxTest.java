package dev.slipway.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ExecutorException;
import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.ExecOp.SecurityMode;
import dev.slipway.llb.ProcessMeta;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where it does less than the others, a test of theirs is replaced by what it does instead. */
class ProotSandboxTest extends SandboxContract {

    ProotSandboxTest() {
        super("proot");
    }

    @Override
    @Test
    void writesIntoTheUpperFolder() throws Exception {
        step.shell(sandbox, "echo one > /f && mkdir /d && rm /bin/yes");

        assertThat(step.upperFile("f")).isEqualTo("one\n");
        assertThat(step.upper().resolve("d")).isDirectory();
        assertThat(step.upper().resolve("bin")).isEmptyDirectory();
    }

    @Override
    @Test
    void itIsTheFirstProcessAndSeesNoOther() throws Exception {
        step.shell(sandbox, "sleep 4713 & echo $$");

        assertThat(ProcessHandle.allProcesses()
                        .map(ProcessHandle::info)
                        .flatMap(info -> info.arguments().stream())
                        .map(List::of))
                .as("what it leaves running is ended")
                .doesNotContain(List.of("4713"));
    }

    @Override
    @Test
    void rightsAreThoseOfAContainer() throws Exception {
        step.shell(sandbox, "grep -E 'Cap(Inh|Prm|Eff|Amb)|NoNewPrivs' /proc/self/status");

        assertThat(step.output).hasToString("""
                        CapInh:\t0000000000000000
                        CapPrm:\t0000000000000000
                        CapEff:\t0000000000000000
                        CapAmb:\t0000000000000000
                        NoNewPrivs:\t1
                        """);
    }

    /** Root, even without rights, may write where the kernel asks for no more than root. */
    @Override
    @Test
    void nothingOfTheMachineCanBeMountedOrChanged() throws Exception {
        step.shell(sandbox, """
                mount -t tmpfs none /tmp && echo mounted
                mknod /tmp/disk b 8 0 && dd if=/tmp/disk of=/tmp/x count=1 && echo read
                true
                """);

        assertThat(step.output.toString().lines()).doesNotContain("mounted", "read");
    }

    @Override
    @Test
    void onlyHarmlessDevicesCanBeMade() throws Exception {
        step.shell(
                sandbox,
                "mknod /disk b 8 0; mknod /null c 1 3; mknod /pipe p && stat -c %F /pipe; ls /disk /null; true");

        assertThat(step.output).hasToString("fifo\n");
        assertThat(step.errors.toString()).contains("mknod: /disk: Operation not supported");
    }

    /** It cannot start them: those of another platform run in an emulator. */
    @Override
    @Test
    void programsOf32BitsAreConfinedToo() throws Exception {
        programOf32Bits();

        assertThatThrownBy(() -> step.run(sandbox, "/unshares"))
                .hasMessageContaining("/unshares is no program for linux/amd64");
    }

    @Override
    @Test
    void devicesAreThere() throws Exception {
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
    void nameAndHostsAreItsOwn() throws Exception {
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
    void withoutANetworkThereIsOnlyLoopback() throws Exception {
        step.network = NetworkMode.NONE;
        step.shell(sandbox, "nc 127.0.0.1 1 2>&1 || true");

        assertThat(step.output.toString()).contains("Network is unreachable");
    }

    @Override
    @Test
    void userAndGroupsComeFromTheImage() throws Exception {
        step.user = "www-data";
        step.shell(sandbox, "id; echo $HOME");

        assertThat(step.output.toString().lines().toList())
                .containsExactly("uid=33(www-data) gid=33(www-data)", "/var/www");
    }

    @Override
    @Test
    void anotherUserHasNoRights() throws Exception {
        step.user = "33:100";
        step.shell(sandbox, "id; touch /etc/x; stat -c %u:%g /etc/x /etc/passwd");

        assertThat(step.output.toString().lines())
                .containsExactly("uid=33(www-data) gid=100(users)", "33:100", "33:100");
    }

    @Override
    @Test
    void withoutConfinementEverythingIsAllowed() {
        step.security = SecurityMode.INSECURE;

        assertThatThrownBy(() -> step.shell(sandbox, "true"))
                .isInstanceOf(ExecutorException.class)
                .hasMessage(
                        "process \"/bin/sh -c true\" could not be started: security=insecure gives a step rights that"
                                + " the sandbox proot does not have; run the build where another sandbox can be used");
    }

    @Override
    void withoutConfinementTheMachinesDevicesAreThere() {
        // It is refused.
    }

    @Override
    @Test
    void aReadOnlyRootRefusesWritesButHasItsMounts() throws Exception {
        step.readOnlyRoot = true;
        step.mounts.add(new SandboxMount("/var/cache", new SandboxMount.Memory(0), false));
        step.shell(sandbox, "touch /f; touch /var/cache/f && ls /var/cache");

        assertThat(step.output).hasToString("f\n");
        assertThat(names(step.lowers.get(0))).doesNotContain("var", "dev", "f");
    }

    @Override
    @Test
    void aReadOnlyMountRefusesWrites() throws Exception {
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
    void aSecretIsAFileInMemory() throws Exception {
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
    void memoryHasItsSize() throws Exception {
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
