package dev.slipway.local.sandbox;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * Something that a process sees besides its root.
 *
 * @param destination absolute path inside the root; links in it are followed inside the root, and what is missing is made
 * @param source what is there
 * @param readOnly whether the process may not write
 */
public record SandboxMount(String destination, Source source, boolean readOnly) {

    public SandboxMount {
        requireNonNull(destination, "destination is null");
        requireNonNull(source, "source is null");
    }

    /**
     * A mount at a path as an op has it. Those of secrets and agents are kept as they are written; BuildKit, too, leads a
     * relative one on from the working folder when the step runs.
     *
     * @param folder the folder that the process begins in
     */
    public static SandboxMount placed(String folder, String destination, Source source, boolean readOnly) {
        String path = destination.startsWith("/") ? destination : folder + "/" + destination;
        return new SandboxMount(RootPath.resolve(RootFiles.EMPTY, path).path(), source, readOnly);
    }

    /** What is mounted. */
    public sealed interface Source
            permits Layers, Folder, HostPath, Memory, Secret, SshAgent, KernelFiles, SeparateGroups {}

    /**
     * A result of another step.
     *
     * @param overlay its layers
     * @param path what of it is seen: a folder or file, {@code /} for all; links in it are followed inside the layers
     */
    public record Layers(Overlay overlay, String path) implements Source {

        public Layers {
            requireNonNull(overlay, "overlay is null");
            requireNonNull(path, "path is null");
        }
    }

    /**
     * A folder of this machine that outlives the step, such as a cache.
     *
     * @param folder its host path
     * @param path what of it is seen, {@code /} for all; links in it are followed inside the folder
     */
    public record Folder(Path folder, String path) implements Source {

        public Folder {
            requireNonNull(folder, "folder is null");
            requireNonNull(path, "path is null");
        }
    }

    /**
     * A file or folder of this machine, with what is mounted in it.
     *
     * @param path where it is, with no link on the way
     * @param options {@code nosuid}, {@code nodev}, {@code noexec}; others change nothing
     */
    public record HostPath(Path path, List<String> options) implements Source {

        public HostPath {
            requireNonNull(path, "path is null");
            options = List.copyOf(options);
        }
    }

    /**
     * An empty folder in memory.
     *
     * @param size its limit in bytes, 0 for the kernel's default
     */
    public record Memory(long size) implements Source {}

    /**
     * A file that is on no disk.
     *
     * @param content at most 500 KiB; not to be changed afterwards
     * @param uid owner
     * @param gid group
     * @param mode permission bits
     */
    public record Secret(byte[] content, int uid, int gid, int mode) implements Source {

        public Secret {
            requireNonNull(content, "content is null");
        }

        /** Says nothing of the content. */
        @Override
        public String toString() {
            return "Secret[" + content.length + " bytes]";
        }
    }

    /**
     * A socket that leads to an SSH agent of this machine.
     *
     * @param socket the agent's own socket
     * @param uid owner of the socket that the process sees
     * @param gid its group
     * @param mode its permission bits
     */
    public record SshAgent(Path socket, int uid, int gid, int mode) implements Source {

        public SshAgent {
            requireNonNull(socket, "socket is null");
        }
    }
}
