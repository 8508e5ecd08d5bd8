package dev.slipway.context.load;

import dev.slipway.caller.CallerCode;
import dev.slipway.caller.RefusedException;
import dev.slipway.context.ContextPlace;
import dev.slipway.context.DockerfilePlace;
import dev.slipway.executor.BuildSession;
import dev.slipway.executor.LayoutAddress;
import dev.slipway.executor.text.Reason;
import dev.slipway.frontend.MainContext;
import dev.slipway.frontend.NamedContext;
import dev.slipway.frontend.value.GitReference;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects the folders and files of this machine that one build may read, under the names by which the build knows them. */
public final class ClientFiles implements AutoCloseable {

    private static final String LAYOUT = "oci-layout://";

    /** Names of folders that mean something else to BuildKit; a named context of that name gets a longer one, as in buildx. */
    private static final Set<String> TAKEN = Set.of(MainContext.NAME, "dockerfile");

    private final TreeMap<String, Path> directories = new TreeMap<>();
    private final TreeMap<String, Path> layouts = new TreeMap<>();
    private final TreeMap<String, Path> uploads = new TreeMap<>();
    private final TemporaryFolders temporary;
    private final ZipContexts zips;

    /** Where the paths of a request lead that are texts: the one that its main context is on. */
    private FileSystem fileSystem = FileSystems.getDefault();

    /** @param temporary the folder for what lasts no longer than the build; without it, the system's */
    ClientFiles(Optional<Path> temporary) {
        this.temporary = new TemporaryFolders(temporary);
        this.zips = new ZipContexts(this.temporary);
    }

    /** Offers the files of a folder, of an archive or of the memory as the main context. */
    ContextPlace.Folder mainFolder(ContextPlace place) {
        Path found = folder(place);
        Path folder = CallerCode.read(found, () -> directory(found, "the context"));
        if (place instanceof ContextPlace.Folder) {
            fileSystem = folder.getFileSystem();
        }
        directories.put(MainContext.NAME, folder);
        return new ContextPlace.Folder(folder);
    }

    /** Offers a folder with nothing in it as the main context: what a Dockerfile without a context has. */
    ContextPlace.Folder emptyFolder() {
        return mainFolder(new ContextPlace.Folder(temporary.create()));
    }

    /** Whether an input is an archive; if not, it is a Dockerfile. */
    boolean isArchive(Path input) {
        try (InputStream in = Files.newInputStream(input)) {
            return ArchiveFormat.isArchive(in.readNBytes(ArchiveFormat.HEAD));
        } catch (IOException e) {
            throw unreadable(input, e);
        }
    }

    /** Offers an archive for the executor to load. Equal archives get equal addresses, so that results are found again. */
    ContextPlace.Address upload(Path archive) {
        MessageDigest digest = Digest.newSha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(archive), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw unreadable(archive, e);
        }
        String name = Digest.of(digest.digest()).hex();
        uploads.put(name, archive.toAbsolutePath());
        return new ContextPlace.Address(BuildSession.UPLOADS + name);
    }

    /** The Dockerfile that an input is. */
    DockerfilePlace.Text text(Path input) {
        try {
            return new DockerfilePlace.Text(Bytes.of(Files.readAllBytes(input)));
        } catch (IOException e) {
            throw unreadable(input, e);
        }
    }

    /** Offers what a name stands for, if that is on this machine. What is wrong with it is said when a step needs it. */
    NamedContext named(String name, ContextPlace place) {
        try {
            if (place instanceof ContextPlace.Address address) {
                return named(name, address.url());
            }
            Path folder = folder(place);
            return CallerCode.read(folder, () -> named(name, folder));
        } catch (RefusedException e) {
            return NamedContext.unusable(place.toString(), Reason.of(e));
        }
    }

    private Path folder(ContextPlace place) {
        if (place instanceof ContextPlace.Folder folder) {
            return folder.path();
        }
        return place instanceof ContextPlace.Zip zip
                ? zips.open(zip)
                : zips.write(((ContextPlace.Memory) place).files());
    }

    private NamedContext named(String name, Path folder) {
        return Files.isRegularFile(folder.resolve("oci-layout")) ? layout(name, folder, "") : folder(name, folder);
    }

    private NamedContext named(String name, String value) {
        if (value.startsWith(LAYOUT)) {
            LayoutAddress layout = LayoutAddress.parse(value.substring(LAYOUT.length()), fileSystem);
            return layout(name, layout.directory(), layout.suffix());
        }
        if (value.contains("://") || value.startsWith("target:") || isRepository(value)) {
            return NamedContext.of(value);
        }
        return folder(name, fileSystem.getPath(value));
    }

    private NamedContext layout(String name, Path folder, String suffix) {
        String store = LayoutNames.of(name, layouts.keySet());
        layouts.put(store, directory(folder, "the OCI layout of build context " + name));
        return NamedContext.of(LAYOUT + store + suffix);
    }

    private NamedContext folder(String name, Path path) {
        Path directory = directory(path, "build context " + name);
        String folder = TAKEN.contains(name) ? "_" + name : name;
        directories.put(folder, directory);
        return new NamedContext("local:" + folder, "", "", IgnoreFiles.forNamedContext(directory));
    }

    private boolean isRepository(String value) {
        try {
            return !Files.isDirectory(fileSystem.getPath(value))
                    && GitReference.parse(value).isPresent();
        } catch (IllegalArgumentException e) {
            return true; // A repository with something wrong in its query, which the frontend says.
        }
    }

    private static Path directory(Path path, String role) {
        if (Files.isDirectory(path)) {
            return path.toAbsolutePath().normalize();
        }
        throw new RefusedException(
                Files.exists(path)
                        ? role + " is not a folder: " + path
                        : role + " does not exist: " + path + "; name a folder that does");
    }

    private static RefusedException unreadable(Path file, IOException failure) {
        return Files.exists(file)
                ? new RefusedException("cannot read " + file + ": " + failure.getMessage(), List.of(), failure)
                : new RefusedException("the input does not exist: " + file, List.of(), failure);
    }

    /** The folders that steps may read, by name. */
    public SortedMap<String, Path> directories() {
        return Collections.unmodifiableSortedMap(directories);
    }

    /** The folders of OCI layouts, by the names that stand in image references. */
    public SortedMap<String, Path> layouts() {
        return Collections.unmodifiableSortedMap(layouts);
    }

    /** The files that the executor loads, by the last part of their addresses. */
    public SortedMap<String, Path> uploads() {
        return Collections.unmodifiableSortedMap(uploads);
    }

    @Override
    public void close() {
        try {
            zips.close();
        } finally {
            temporary.close();
        }
    }
}
