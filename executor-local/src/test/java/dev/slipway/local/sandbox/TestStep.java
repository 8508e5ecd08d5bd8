package dev.slipway.local.sandbox;

import dev.slipway.executor.event.LogStream;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.ExecOp.SecurityMode;
import dev.slipway.llb.Platform;
import dev.slipway.llb.ProcessMeta;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A step to run in a test: a busybox root below an empty layer. */
public final class TestStep {

    public static final Path BUSYBOX = Path.of("/bin/busybox");

    private static final List<String> APPLETS = List.of(
            "sh",
            "cat",
            "chmod",
            "chown",
            "cp",
            "chroot",
            "dd",
            "df",
            "echo",
            "env",
            "grep",
            "hostname",
            "id",
            "ip",
            "kill",
            "ln",
            "ls",
            "mkdir",
            "mknod",
            "mount",
            "mv",
            "nc",
            "ps",
            "pwd",
            "readlink",
            "rm",
            "seq",
            "sleep",
            "stat",
            "touch",
            "true",
            "tty",
            "umount",
            "uname",
            "unshare",
            "wc",
            "yes");

    public final Path folder;
    public final List<Path> lowers = new ArrayList<>();
    public final List<SandboxMount> mounts = new ArrayList<>();
    public final List<SandboxRequest.SecretVariable> secrets = new ArrayList<>();
    public final List<ProcessMeta.Ulimit> ulimits = new ArrayList<>();
    public final List<ProcessMeta.HostIp> hosts = new ArrayList<>();
    public final StringBuilder output = new StringBuilder();
    public final StringBuilder errors = new StringBuilder();
    public final List<String> warnings = new ArrayList<>();
    public List<String> environment = List.of();
    public String workingDirectory = "/";
    public String user = "";
    public String hostname = "";
    public Optional<ProcessMeta.Proxy> proxy = Optional.empty();
    public NetworkMode network = NetworkMode.UNSET;
    public SecurityMode security = SecurityMode.SANDBOX;
    public LogLimits logLimits = LogLimits.DEFAULT;
    public Provisions provisions = Provisions.NONE;
    public RootFiles files;
    public boolean readOnlyRoot;
    public Platform platform = Platform.host();

    /** Whose the files are that the last run wrote. */
    public FileOwners owners = FileOwners.REAL;

    private int runs;

    TestStep(Path folder) {
        this.folder = folder;
    }

    /** A step on a root with busybox and two users. */
    public static TestStep onBusybox(Path folder) throws IOException {
        TestStep step = new TestStep(folder);
        Path root = step.layer("base");
        Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("tmp"));
        Files.copy(BUSYBOX, root.resolve("bin/busybox"));
        for (String applet : APPLETS) {
            Files.createSymbolicLink(root.resolve("bin").resolve(applet), Path.of("busybox"));
        }
        Files.writeString(
                root.resolve("etc/passwd"),
                "root:x:0:0:root:/root:/bin/sh\nwww-data:x:33:33:www-data:/var/www:/bin/false\n");
        Files.writeString(root.resolve("etc/group"), "root:x:0:\nwww-data:x:33:\nusers:x:100:www-data\n");
        step.files = new HostFolder(root);
        return step;
    }

    /** Adds an empty layer at the top. */
    public Path layer(String name) throws IOException {
        Path layer = Files.createDirectories(folder.resolve("layers").resolve(name));
        lowers.add(0, layer);
        return layer;
    }

    /** The layer that the last run made. */
    public Path upper() {
        return folder.resolve("upper-" + runs);
    }

    public String upperFile(String name) throws IOException {
        return Files.readString(upper().resolve(name));
    }

    public void shell(Sandbox sandbox, String script) throws InterruptedException {
        run(sandbox, "/bin/sh", "-c", script);
    }

    public void run(Sandbox sandbox, String... arguments) throws InterruptedException {
        output.setLength(0);
        errors.setLength(0);
        SandboxRequest request = request(arguments);
        FlatRoots flat = new FlatRoots(folder.resolve("flat-" + runs));
        if (sandbox.needsOneFolder()) {
            request = flat.flatten(request);
        }
        try {
            owners = sandbox.run(request, monitor());
        } finally {
            flat.removeUnchanged();
        }
    }

    private StepMonitor monitor() {
        return new StepMonitor() {
            @Override
            public void log(LogStream stream, byte[] bytes) {
                String text = new String(bytes, StandardCharsets.UTF_8);
                StringBuilder target = stream == LogStream.OUTPUT ? output : errors;
                synchronized (target) {
                    target.append(text);
                }
            }

            @Override
            public void warn(String message) {
                warnings.add(message);
            }
        };
    }

    public SandboxRequest request(String... arguments) {
        runs++;
        try {
            Path work = Files.createDirectories(folder.resolve("work-" + runs));
            Path upper = Files.createDirectories(upper());
            Overlay root =
                    readOnlyRoot ? Overlay.readOnly(lowers, files) : Overlay.writable(lowers, upper, work, files);
            ProcessMeta process = new ProcessMeta(
                    Arrays.asList(arguments),
                    environment,
                    workingDirectory,
                    user,
                    proxy,
                    hosts,
                    hostname,
                    ulimits,
                    "",
                    true,
                    List.of());
            return new SandboxRequest(
                    root, mounts, process, secrets, network, security, platform, logLimits, provisions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
