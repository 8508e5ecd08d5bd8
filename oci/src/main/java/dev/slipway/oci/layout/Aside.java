package dev.slipway.oci.layout;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A temporary name beside a file or folder, under which it is written until it is complete: {@code .NAME.UUID}. Beside it lies
 * a file {@code .NAME.UUID.lock}, which is locked as long as its writer lives. Leftovers of killed writers are removed by the
 * next one that writes the same file.
 */
public final class Aside implements AutoCloseable {

    private static final String LOCK = ".lock";
    private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    /** The names in use by this process, which file locks do not protect from itself. */
    private static final Set<Path> LIVE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final Path lockFile;
    private final FileChannel lock;

    private Aside(Path path, Path lockFile, FileChannel lock) {
        this.path = path;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /** Removes something with everything in it. */
    @FunctionalInterface
    public interface Removal {

        void remove(Path path) throws IOException;
    }

    /**
     * A new name.
     *
     * @param file what is to be written; the folder it is to be in is there
     * @param removal removes what killed writers have left
     */
    public static Aside of(Path file, Removal removal) throws IOException {
        Path folder = requireNonNull(file.toAbsolutePath().getParent());
        String prefix = "." + file.getFileName() + ".";
        removeLeftOver(folder, prefix, removal);
        Path path = folder.resolve(prefix + UUID.randomUUID());
        Path lockFile = path.resolveSibling(path.getFileName() + LOCK);
        LIVE.add(lockFile);
        try {
            FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            tryLock(channel); // Where files cannot be locked, nothing counts as a leftover.
            return new Aside(path, lockFile, channel);
        } catch (IOException | RuntimeException e) {
            LIVE.remove(lockFile);
            throw e;
        }
    }

    private static void removeLeftOver(Path folder, String prefix, Removal removal) throws IOException {
        Pattern left = Pattern.compile(Pattern.quote(prefix) + ID + Pattern.quote(LOCK));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                folder, file -> left.matcher(file.getFileName().toString()).matches())) {
            for (Path lockFile : files) {
                if (!LIVE.contains(lockFile)) {
                    removeUnlessLocked(lockFile, removal);
                }
            }
        }
    }

    private static void removeUnlessLocked(Path lockFile, Removal removal) {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (tryLock(channel).isPresent()) {
                String name = lockFile.getFileName().toString();
                removal.remove(lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length())));
                Files.deleteIfExists(lockFile);
            }
        } catch (IOException e) {
            // It belongs to another user, or has disappeared: it does no harm.
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (IOException | OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    /** The path to write to. Nothing exists there yet. */
    public Path path() {
        return path;
    }

    /** Ends the writing. The writer removes anything that still has the name. */
    @Override
    public void close() throws IOException {
        try (lock) {
            Files.deleteIfExists(lockFile);
        } finally {
            LIVE.remove(lockFile);
        }
    }
}
