package dev.slipway.context.load;

import dev.slipway.caller.RefusedException;
import dev.slipway.context.ContextFiles;
import dev.slipway.context.ContextPlace;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Contexts in zip files, open for as long as a build lasts: those of the client, and those that take files from memory. */
final class ZipContexts implements AutoCloseable {

    /** What is in an archive without permissions has those that files of a context have on Windows, as with Docker. */
    private static final Map<String, Object> OPTIONS =
            Map.of("enablePosixFileAttributes", "true", "defaultPermissions", "rwxr-xr-x");

    private final TemporaryFolders temporary;
    private final List<FileSystem> open = new ArrayList<>();

    ZipContexts(TemporaryFolders temporary) {
        this.temporary = temporary;
    }

    /** The folder of an archive that counts. */
    Path open(ContextPlace.Zip zip) {
        Path root = root(zip.file());
        Path folder = root.resolve(zip.folder()).normalize();
        if (!Files.isDirectory(folder)) {
            throw new RefusedException("there is no folder " + zip.folder() + " in " + zip.file());
        }
        return folder;
    }

    /** A folder with files that were in memory. */
    Path write(ContextFiles files) {
        Path archive = temporary.create().resolve("context.zip");
        try (FileSystem zip = FileSystems.newFileSystem(archive, forNew())) {
            for (Map.Entry<String, ContextFiles.Entry> file : files.entries().entrySet()) {
                Path path = zip.getPath("/" + file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue().content().toArray());
                Files.setPosixFilePermissions(path, permissions(file.getValue().mode()));
            }
            settle(zip.getPath("/"));
        } catch (IOException e) {
            throw new RefusedException("cannot write the context to " + archive + ": " + e.getMessage(), List.of(), e);
        }
        return root(archive);
    }

    private static Map<String, Object> forNew() {
        Map<String, Object> options = new HashMap<>(OPTIONS);
        options.put("create", "true");
        options.put("noCompression", "true");
        return options;
    }

    /** Gives all files and folders one time: the same files make the same image. */
    private static void settle(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.filter(path -> path.getNameCount() > 0).toList()) {
                Files.setLastModifiedTime(path, FileTime.from(Instant.EPOCH));
            }
        }
    }

    private Path root(Path archive) {
        if (!Files.exists(archive)) {
            throw new RefusedException("the zip file does not exist: " + archive);
        }
        try {
            FileSystem zip = FileSystems.newFileSystem(archive, OPTIONS);
            open.add(zip);
            return zip.getPath("/");
        } catch (ProviderNotFoundException | IOException e) {
            throw new RefusedException(
                    archive + " is not a zip file that can be read: " + e.getMessage(), List.of(), e);
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((mode & 0400 >> i) != 0) {
                set.add(all[i]);
            }
        }
        return set;
    }

    @Override
    public void close() {
        for (FileSystem zip : open) {
            try {
                zip.close();
            } catch (IOException e) {
                throw new RefusedException("cannot close " + zip + ": " + e.getMessage(), List.of(), e);
            }
        }
    }
}
