package dev.slipway.local.store.folder;

import dev.slipway.local.launch.Launcher;
import dev.slipway.local.launch.OwnIds;
import dev.slipway.oci.disk.FileLocks;
import dev.slipway.oci.disk.FileLocks.Held;
import dev.slipway.oci.disk.FileStatus;
import dev.slipway.oci.disk.Folders;
import dev.slipway.oci.disk.OwnFolders;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Where one process writes aside. The folder is locked as long as the process lives; folders of processes that are gone are
 * removed by whoever opens the store next.
 */
public final class TempFolder implements AutoCloseable {

    /** What the name of the lock file of a folder ends with, after that of the folder. */
    public static final String LOCK_SUFFIX = ".lock";

    private static final String OPENING = "opening";
    private static final int OTHERS_WRITE = 0022;

    private final Path folder;
    private final Held lock;
    private final AtomicLong next = new AtomicLong();

    private TempFolder(Path folder, Held lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * A new folder for this process.
     *
     * @param all where the folders of all processes are
     * @param opening a lock file that keeps those apart who make folders and who remove them
     */
    public static TempFolder open(Path all, Path opening) throws IOException, InterruptedException {
        return FileLocks.exclusively(opening, () -> {
            removeStale(all);
            String name = UUID.randomUUID().toString();
            Held lock = FileLocks.exclusive(all.resolve(name + LOCK_SUFFIX));
            return new TempFolder(OwnFolders.make(all.resolve(name), OwnFolders.ENTERED), lock);
        });
    }

    /**
     * A new folder for this process in a folder of the machine that is there for everybody, such as {@code /dev/shm}. Others
     * reach what is in it if they know its name, which they cannot find out.
     *
     * @param machines that folder
     * @return empty if nothing can be made there
     */
    public static Optional<TempFolder> ofMachine(Path machines) throws InterruptedException {
        for (Path all : candidates(machines)) {
            try {
                if (Files.notExists(all, LinkOption.NOFOLLOW_LINKS)) {
                    OwnFolders.make(all, OwnFolders.ENTERED);
                }
                if (isOwn(all)) {
                    return Optional.of(open(all, all.resolve(OPENING)));
                }
            } catch (IOException e) {
                // Somebody else has it, or nothing can be written there.
            }
        }
        return Optional.empty();
    }

    /** Removes what processes that were killed have left in folders of the machine. */
    public static void removeLeftOver(Path machines) throws InterruptedException {
        for (Path all : candidates(machines)) {
            try {
                if (Files.isDirectory(all, LinkOption.NOFOLLOW_LINKS) && isOwn(all)) {
                    FileLocks.exclusively(all.resolve(OPENING), () -> removeStale(all));
                }
            } catch (IOException e) {
                // The next one tries again.
            }
        }
    }

    /** Somebody else may have taken a name, such as the same number in another user namespace. */
    private static List<Path> candidates(Path machines) {
        String name = "slipway-" + Integer.toUnsignedString(OwnIds.read().uid());
        return IntStream.range(0, 10)
                .mapToObj(number -> machines.resolve(number == 0 ? name : name + "-" + number))
                .toList();
    }

    private static boolean isOwn(Path folder) throws IOException {
        FileStatus status = FileStatus.of(folder);
        boolean isOthersToo = (status.mode() & OTHERS_WRITE) != 0;
        return status.isFolder()
                && !isOthersToo
                && (int) status.uid() == OwnIds.read().uid();
    }

    /** Whether everybody can enter a folder. */
    public static boolean isOpen(Path folder) {
        try {
            for (Path each = folder.toRealPath(); each != null; each = each.getParent()) {
                if ((FileStatus.of(each).mode() & 1) == 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false; // Not even this user can.
        }
    }

    private static void removeStale(Path all) throws IOException {
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(all, "*" + LOCK_SUFFIX)) {
            for (Path file : locks) {
                Optional<Held> stale = FileLocks.tryExclusive(file);
                if (stale.isPresent()) {
                    try {
                        remove(file, stale.get());
                    } catch (FileSystemException e) {
                        // A process that was root in a user namespace left it; the next such one may remove it.
                    }
                }
            }
        }
    }

    private static void remove(Path lockFile, Held lock) throws IOException {
        try {
            String name = lockFile.getFileName().toString();
            Folders.delete(lockFile.resolveSibling(name.substring(0, name.length() - LOCK_SUFFIX.length())));
            Files.deleteIfExists(lockFile);
        } finally {
            lock.close();
        }
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** A path that nothing has yet. */
    public Path newPath() {
        return folder.resolve(Long.toString(next.incrementAndGet()));
    }

    /** Removes a folder with all that is in it, files of the users that are set aside for this one included. */
    public void delete(Path path) throws IOException {
        delete(path, folder);
    }

    private static void delete(Path path, Path scratch) throws IOException {
        try {
            Folders.delete(path);
        } catch (FileSystemException e) {
            if (!Launcher.isSupported() || OwnIds.read().isRoot()) {
                throw e;
            }
            OthersFiles.delete(path, scratch);
        }
    }

    /** A new empty folder. */
    public Path newFolder() throws IOException {
        return OwnFolders.make(newPath(), OwnFolders.ENTERED);
    }

    /** What is to be in a file. */
    @FunctionalInterface
    public interface Content {

        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes a file so that it is seen whole or not at all; one that is there is replaced. */
    public void write(Path file, Content content) throws IOException {
        Path aside = newPath();
        try {
            try (OutputStream out = Files.newOutputStream(aside, StandardOpenOption.CREATE_NEW)) {
                content.writeTo(out);
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(aside);
            throw e;
        }
    }

    /** Removes the folder with all that was left in it. */
    @Override
    public void close() {
        try {
            Folders.delete(folder);
            Files.deleteIfExists(folder.resolveSibling(folder.getFileName() + LOCK_SUFFIX));
        } catch (IOException e) {
            // It is collected when the store is opened again.
        } finally {
            lock.close();
        }
    }
}
