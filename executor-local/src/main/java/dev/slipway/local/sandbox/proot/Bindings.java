package dev.slipway.local.sandbox.proot;

import static java.util.Objects.requireNonNull;

import dev.slipway.local.sandbox.MountedFiles;
import dev.slipway.local.sandbox.RootFiles;
import dev.slipway.local.sandbox.RootPath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which files of this machine a traced process sees at which places of its root, instead of what is there. */
final class Bindings {

    private final Path tree;
    private final StepFolder folder;
    private final MountedFiles files;
    private final List<Binding> bindings = new ArrayList<>();
    private final Set<Path> made = new HashSet<>();

    /**
     * @param tree the root on this machine; places that are missing in it are made
     * @param files what is in the root
     * @param folder where the tracer looks for what is bound
     */
    Bindings(Path tree, RootFiles files, StepFolder folder) {
        this.tree = tree;
        this.folder = folder;
        this.files = new MountedFiles(files);
    }

    /**
     * Something that is seen.
     *
     * @param host where it is on this machine
     * @param name what the tracer knows it by
     * @param place where it is seen
     */
    private record Binding(Path host, String name, String place) {}

    /** {@code HOST:GUEST} each, the outer ones first. */
    List<String> arguments() {
        return bindings.stream()
                .map(binding -> binding.name() + ":" + binding.place())
                .toList();
    }

    /** The folders and files of this machine that are seen. */
    List<Path> sources() {
        return bindings.stream().map(Binding::host).toList();
    }

    /** The root with what is bound in it. */
    RootFiles files() {
        return files;
    }

    /** The places in the root that were made for what is bound there. */
    Set<Path> made() {
        return made;
    }

    /**
     * Binds something, and makes its place if it is missing.
     *
     * @param inside what is in it
     */
    void bind(RootPath place, Path host, RootFiles inside) throws IOException {
        if (!place.exists()) {
            makePlace(place, Files.isDirectory(host));
        }
        // A host path may have a colon in it, the name of a link has none.
        Path link = folder.newPath();
        Files.createSymbolicLink(link, host.toAbsolutePath());
        bindings.add(new Binding(
                host.toAbsolutePath(), folder.path().relativize(link).toString(), place.path()));
        files.mount(place.path(), inside);
    }

    /** Binds a file over one that is there. */
    void cover(Path host, String place) {
        bindings.add(new Binding(host, host.toString(), place));
    }

    /** Makes a place for something. */
    void makePlace(RootPath place, boolean isFolder) throws IOException {
        int depth = place.names().size();
        if (isFolder) {
            made.addAll(makeFolders(place, depth));
            return;
        }
        made.addAll(makeFolders(place, depth - 1));
        Path file = hostPath(place, depth);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            writable(requireNonNull(file.getParent()), () -> Files.createFile(file, mode("rw-r--r--")));
            made.add(file);
        }
    }

    /** Makes the folders of a path that are missing, and says which. */
    List<Path> makeFolders(RootPath path, int depth) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (int length = path.existing() + 1; length <= depth; length++) {
            Path place = hostPath(path, length);
            if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                writable(requireNonNull(place.getParent()), () -> Files.createDirectory(place, mode("rwxr-xr-x")));
                folders.add(place);
            }
        }
        return folders;
    }

    private static FileAttribute<?> mode(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    /** Where a path of the root is on this machine: below the tree, or below what is bound over a part of it. */
    private Path hostPath(RootPath path, int length) {
        String wanted = path.path(length);
        String guest = "/";
        Path host = tree;
        for (Binding binding : bindings) {
            if (wanted.startsWith(binding.place() + "/") && binding.place().length() >= guest.length()) {
                guest = binding.place();
                host = binding.host();
            }
        }
        return host.resolve(wanted.substring(guest.length()).replaceFirst("^/", ""));
    }

    private interface Change {
        void run() throws IOException;
    }

    /** Whose folders these are may change them, whatever their mode says. */
    private static void writable(Path parent, Change change) throws IOException {
        try {
            change.run();
        } catch (AccessDeniedException e) {
            Object mode = Files.getAttribute(parent, "unix:mode");
            Files.setAttribute(parent, "unix:mode", (Integer) mode & 07777 | 0700);
            try {
                change.run();
            } finally {
                Files.setAttribute(parent, "unix:mode", (Integer) mode & 07777);
            }
        }
    }
}
