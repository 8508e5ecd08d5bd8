package dev.slipway.local.sandbox.runtime;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.StepFailedException;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.ExecOp.SecurityMode;
import dev.slipway.llb.Platform;
import dev.slipway.llb.ProcessMeta;
import dev.slipway.local.cdi.ContainerEdits;
import dev.slipway.local.cgroup.ControlGroup;
import dev.slipway.local.cgroup.DeviceRule;
import dev.slipway.local.sandbox.HostFolder;
import dev.slipway.local.sandbox.LogLimits;
import dev.slipway.local.sandbox.Overlay;
import dev.slipway.local.sandbox.Provisions;
import dev.slipway.local.sandbox.Sandbox;
import dev.slipway.local.sandbox.SandboxMount;
import dev.slipway.local.sandbox.SandboxRequest;
import dev.slipway.oci.disk.Folders;
import dev.slipway.oci.disk.Privileges;
import dev.slipway.oci.posix.Posix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a step whose root and mounts hold a device, and which tries to open it. Some runtimes lose what keeps it from that: crun
 * 1.8 mounts the root once more, without {@code nodev}.
 */
final class RuntimeTrial {

    /** A number that no driver has: whoever may open it is told that there is no such device. */
    private static final int MAJOR = 4000;

    private final Sandbox sandbox;
    private final Path folder;

    private RuntimeTrial(Sandbox sandbox, Path folder) {
        this.sandbox = sandbox;
        this.folder = folder;
    }

    /**
     * Why the runtime must not be used; empty if it may be.
     *
     * @param scratch an existing folder
     */
    static Optional<String> run(Sandbox sandbox, Path scratch) {
        Optional<byte[]> program = OpeningProgram.ofHost();
        try {
            if (program.isEmpty() || !Privileges.in(scratch).devices()) {
                return Optional.empty(); // Nobody can make a device here, nor be given one by an image.
            }
            Path folder = Files.createTempDirectory(scratch, "trial");
            try {
                return new RuntimeTrial(sandbox, folder).run(program.get());
            } finally {
                Folders.delete(folder);
            }
        } catch (StepFailedException e) {
            return Optional.of(
                    e.exitCode() == OpeningProgram.OPENED
                            ? "it lets steps open devices of this machine"
                            : "a trial failed: " + e.getMessage());
        } catch (IOException | ExecutorException e) {
            return Optional.of("a trial failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("a trial was interrupted");
        }
    }

    private Optional<String> run(byte[] program) throws IOException, InterruptedException {
        Path root = folderWithDevice("root");
        Path file = Files.write(root.resolve("open"), program);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path cache = folderWithDevice("cache");
        Path other = folderWithDevice("other");
        Overlay layers = Overlay.readOnly(List.of(other), new HostFolder(other));
        Overlay writable = Overlay.writable(
                List.of(root),
                Files.createDirectory(folder.resolve("upper")),
                Files.createDirectory(folder.resolve("work")),
                new HostFolder(root));
        List<SandboxMount> mounts = List.of(
                new SandboxMount("/cache", new SandboxMount.Folder(cache, "/"), false),
                new SandboxMount("/other", new SandboxMount.Layers(layers, "/"), true));
        Optional<DeviceRule> rule =
                sandbox.restrictsDevices() ? Optional.of(DeviceRule.allowing(List.of())) : Optional.empty();
        try (ControlGroup group = ControlGroup.of("", Map.of(), rule)) {
            Provisions provisions = new Provisions(ContainerEdits.NONE, group.entrances(), rule.isPresent());
            sandbox.run(request(writable.withoutDevices(), mounts, provisions), StepMonitor.NONE);
        }
        return Optional.empty();
    }

    private Path folderWithDevice(String name) throws IOException {
        Path made = Files.createDirectory(folder.resolve(name));
        Path device = made.resolve("device");
        Posix.get().makeNode(device, Posix.BLOCK_DEVICE | 0600, MAJOR, 0);
        Files.setPosixFilePermissions(device, PosixFilePermissions.fromString("rw-rw-rw-"));
        return made;
    }

    private static SandboxRequest request(Overlay root, List<SandboxMount> mounts, Provisions provisions) {
        ProcessMeta process = new ProcessMeta(
                List.of("/open", "/device", "/cache/device", "/other/device"),
                List.of(),
                "/",
                "",
                Optional.empty(),
                List.of(),
                "",
                List.of(),
                "",
                true,
                List.of());
        return new SandboxRequest(
                root,
                mounts,
                process,
                List.of(),
                NetworkMode.UNSET,
                SecurityMode.SANDBOX,
                Platform.host(),
                LogLimits.DEFAULT,
                provisions);
    }
}
