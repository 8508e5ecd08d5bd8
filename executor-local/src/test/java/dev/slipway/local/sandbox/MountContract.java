package dev.slipway.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.executor.ExecutorException;
import dev.slipway.oci.disk.Privileges;
import dev.slipway.oci.posix.Posix;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every sandbox does with mounts. */
public abstract class MountContract extends SandboxSetup {

    protected MountContract(String name) {
        super(name);
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
                .isEqualTo(FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
    }

    @Test
    void aLinkPutInPlaceOfAStubsFolderLeadsNowhere() throws Exception {
        Path outside = Files.createDirectories(folder.resolve("outside/cache"));
        step.mounts.add(new SandboxMount("/var/cache", new SandboxMount.Memory(0), false));
        step.shell(sandbox, "mv /var /moved && ln -s " + outside.getParent() + " /var");

        assertThat(outside).isEmptyDirectory();
    }

    @Test
    protected void aReadOnlyRootRefusesWritesButHasItsMounts() throws Exception {
        step.readOnlyRoot = true;
        step.mounts.add(new SandboxMount("/var/cache", new SandboxMount.Memory(0), false));
        step.shell(sandbox, "touch /f 2>&1; touch /var/cache/f && ls /var/cache");

        assertThat(step.output.toString()).contains("Read-only file system").endsWith("\nf\n");
        assertThat(names(step.lowers.get(0))).doesNotContain("var", "dev", "f");
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
        Files.createDirectories(cache.resolve("sub/dir"));
        step.mounts.add(new SandboxMount("/cache", new SandboxMount.Folder(cache, "/sub/dir"), false));
        step.shell(sandbox, "echo kept > /cache/f");

        assertThat(Files.readString(cache.resolve("sub/dir/f"))).isEqualTo("kept\n");
        assertThat(step.upper().resolve("cache")).doesNotExist();
    }

    @Test
    protected void aReadOnlyMountRefusesWrites() throws Exception {
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
        Path there = Files.createDirectories(
                cache.getParent().resolve(outside.toString().substring(1)));
        step.mounts.add(new SandboxMount("/cache", new SandboxMount.Folder(cache.getParent(), "/link"), false));
        step.shell(sandbox, "touch /cache/f");

        assertThat(names(outside)).containsExactly("");
        assertThat(there.resolve("f")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/link", "/file/below"})
    void whatIsNotInAFolderOfTheMachineIsNotMounted(String path) throws Exception {
        Path cache = Files.createDirectory(folder.resolve("cache"));
        Files.createSymbolicLink(cache.resolve("link"), Path.of("/none"));
        Files.writeString(cache.resolve("file"), "x");
        step.mounts.add(new SandboxMount("/cache", new SandboxMount.Folder(cache, path), false));

        assertThatThrownBy(() -> step.shell(sandbox, "true"))
                .isInstanceOf(ExecutorException.class)
                .hasMessage("nothing to mount at " + path + ": no such file or folder; check the source of the mount");
        assertThat(names(cache)).containsExactlyInAnyOrder("", "file", "link");
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
    protected void aSecretIsAFileInMemory() throws Exception {
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
    protected void memoryHasItsSize() throws Exception {
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
    protected void manyLayersAreOneRoot() throws Exception {
        for (int number = 1; number <= 450; number++) {
            Path layer = step.layer("a-layer-with-a-rather-long-name-" + number);
            Files.writeString(layer.resolve("f" + number), "");
        }
        step.shell(sandbox, "ls / | grep -c ^f");

        assertThat(step.output).hasToString("450\n");
    }

    /** Whoever filled the cache, or made the layers, may have been allowed more. */
    @Test
    void aDeviceInWhatIsMountedCannotBeOpened() throws Exception {
        Path cache = Files.createDirectory(folder.resolve("cache"));
        Path layer = Files.createDirectory(folder.resolve("other"));
        assumeTrue(Privileges.in(folder).devices(), "needs the right to make devices");
        for (Path place : List.of(cache, layer)) {
            Posix.get().makeNode(place.resolve("disk"), Posix.BLOCK_DEVICE | 0666, 7, 0);
            Files.setPosixFilePermissions(place.resolve("disk"), PosixFilePermissions.fromString("rw-rw-rw-"));
        }
        Overlay layers = Overlay.readOnly(List.of(layer), new HostFolder(layer));
        step.mounts.add(new SandboxMount("/cache", new SandboxMount.Folder(cache, "/"), false));
        step.mounts.add(new SandboxMount("/kept", new SandboxMount.Folder(cache, "/"), true));
        step.mounts.add(new SandboxMount("/other", new SandboxMount.Layers(layers, "/"), true));
        step.shell(sandbox, "for disk in /cache /kept /other; do [ ! -b $disk/disk ] || cat $disk/disk || true; done");

        assertThat(step.errors.toString().lines()).hasSizeBetween(1, 3).allMatch(MountContract::isRefused);
    }

    static boolean isRefused(String line) {
        return line.endsWith(": Permission denied") || line.endsWith(": Operation not permitted");
    }

    @Test
    protected void aDeviceInAFolderInMemoryCannotBeOpened() throws Exception {
        step.mounts.add(new SandboxMount("/memory", new SandboxMount.Memory(0), false));
        step.shell(sandbox, "mknod /memory/null c 1 3 && cat /memory/null || true");

        assertThat(step.errors.toString().lines()).singleElement().matches(MountContract::isRefused);
    }

    /** Busybox cannot do everything. */
    private void addMachinesPrograms() throws IOException {
        // Where nothing can be mounted read-only, a copy is: that would take long.
        boolean readOnly = !sandbox.needsOneFolder();
        step.mounts.add(new SandboxMount("/usr", new SandboxMount.Folder(Path.of("/usr"), "/"), readOnly));
        for (String name : List.of("lib", "lib64")) {
            Files.createSymbolicLink(step.lowers.get(0).resolve(name), Path.of("usr", name));
        }
    }

    protected static List<String> names(Path root) throws IOException {
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
