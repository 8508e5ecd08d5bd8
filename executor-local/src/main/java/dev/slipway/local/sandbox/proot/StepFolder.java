package dev.slipway.local.sandbox.proot;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.launch.OwnIds;
import dev.slipway.local.sandbox.SandboxMount;
import dev.slipway.local.store.folder.TempFolder;
import dev.slipway.oci.disk.FolderCopy;
import dev.slipway.oci.disk.Folders;
import dev.slipway.oci.disk.Privileges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The files of one traced process on this machine that are no part of its root: in a folder beside the root, and what is to be on
 * no disk in the machine's memory, if some can be had.
 */
final class StepFolder implements AutoCloseable {

    private static final Path MEMORY = Path.of("/dev/shm");

    private final Path folder;
    private final Optional<TempFolder> memory;
    private int count;

    private StepFolder(Path folder, Optional<TempFolder> memory) {
        this.folder = folder;
        this.memory = memory;
    }

    /** @param root the folder of the root */
    static StepFolder beside(Path root) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(root.toAbsolutePath().getParent(), ProotProgram.NAME);
        // What is in it has modes of its own; others come in, but do not see what there is.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        return new StepFolder(folder, TempFolder.ofMachine(MEMORY));
    }

    /** Removes from memory what was left by programs that were killed. */
    static void removeLeftOver() throws InterruptedException {
        TempFolder.removeLeftOver(MEMORY);
    }

    /** Where it is. */
    Path path() {
        return folder;
    }

    /** A path in it that nothing has yet. */
    Path newPath() {
        return folder.resolve(Integer.toString(count++));
    }

    /** A new empty folder. */
    Path newFolder(int mode) throws IOException {
        Path empty = Files.createDirectory(newPath());
        Files.setAttribute(empty, "unix:mode", mode);
        return empty;
    }

    /** A new file in memory. */
    Path newFile(SandboxMount.Secret secret, OwnIds owner) throws IOException {
        Path file = memory.isPresent() ? memory.get().newPath() : newPath();
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, secret.content());
        give(file, owner);
        Files.setAttribute(file, "unix:mode", secret.mode());
        return file;
    }

    /** Makes a file somebody's, unless it is his anyway. */
    static void give(Path file, OwnIds owner) throws IOException {
        if (!owner.equals(OwnIds.read())) {
            Files.setAttribute(file, "unix:uid", owner.uid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(file, "unix:gid", owner.gid(), LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** A copy of something that may not be changed: what is written to it is thrown away. */
    Path copy(Path source, Privileges privileges) throws IOException, InterruptedException {
        Path target = newPath();
        FolderCopy.copy(source, target, privileges);
        return target;
    }

    @Override
    public void close() {
        memory.ifPresent(TempFolder::close);
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new ExecutorException("cannot remove the folder of a step: " + e.getMessage(), e);
        }
    }
}
