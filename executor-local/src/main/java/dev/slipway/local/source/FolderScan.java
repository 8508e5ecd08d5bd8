package dev.slipway.local.source;

import dev.slipway.llb.Bytes;
import dev.slipway.local.layer.Content;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.layer.SpecialFile;
import dev.slipway.local.layer.SymbolicLink;
import dev.slipway.local.source.KnownFiles.Known;
import dev.slipway.local.source.LocalFilter.Decision;
import dev.slipway.oci.disk.FileStatus;
import dev.slipway.oci.disk.Parallel;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.posix.PathText;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One look at a folder, without reading files. What goes away meanwhile is passed over. The first folder on the way down that
 * has many others in it is looked at by several threads.
 */
final class FolderScan {

    private final LocalFilter filter;
    private final KnownFiles known;
    private final Map<String, ScannedFile> files = new LinkedHashMap<>();
    private final Map<String, ScannedFolder> folders = new ConcurrentHashMap<>();
    private final Map<Object, ScannedFile> linked = new ConcurrentHashMap<>();
    private final AtomicBoolean learned = new AtomicBoolean();
    private final Entry root;

    /** Looks at a folder. */
    FolderScan(Path folder, LocalFilter filter, KnownFiles known) throws IOException, InterruptedException {
        this.filter = filter;
        this.known = known;
        this.root = new Entry(
                Attributes.DEFAULT_FOLDER.withModified(FileStatus.of(folder).modified()));
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            list(children, "", Decision.TOP, root, true);
        }
        root.addFiles("", files);
    }

    /** Something that was found: a folder, a file or any other node. */
    private static final class Entry {

        private final Attributes attributes;
        private final SortedMap<String, Entry> children = new TreeMap<>();
        private @Nullable ScannedFile file;
        private @Nullable Node other;
        private boolean isNothing;

        private Entry(Attributes attributes) {
            this.attributes = attributes;
        }

        private void addFiles(String prefix, Map<String, ScannedFile> files) {
            children.forEach((name, child) -> {
                if (child.file != null) {
                    files.put(prefix + name, child.file);
                } else {
                    child.addFiles(prefix + name + "/", files);
                }
            });
        }

        private Node node() {
            if (file != null) {
                return file.node();
            }
            return other != null ? other : directory();
        }

        private Directory directory() {
            SortedMap<String, Node> nodes = new TreeMap<>();
            children.forEach((name, entry) -> nodes.put(name, entry.node()));
            return Directory.of(attributes, nodes);
        }
    }

    /** Everything in a folder, read now and remembered nowhere. */
    static FolderScan ofAll(Path folder) throws IOException, InterruptedException {
        return new FolderScan(folder, LocalFilter.EVERYTHING, KnownFiles.NONE);
    }

    /** The files that were taken, by path. */
    Map<String, ScannedFile> files() {
        return files;
    }

    /** A folder that was looked into, whether anything of it was taken or not. */
    record ScannedFolder(FileStatus status, SortedMap<String, Bytes> xattrs) {}

    /** The folders that were looked at, by path, but for the top. */
    Map<String, ScannedFolder> folders() {
        return folders;
    }

    /** Whether anything was asked of a file or a folder that was not known. */
    boolean hasLearned() {
        return learned.get();
    }

    /** What was found, once the contents of all files are known. */
    Directory root() {
        return root.directory();
    }

    /** A folder that is in another one. */
    private record Inner(Path path, String name, Decision decision, Entry entry) {}

    private void list(DirectoryStream<Path> folder, String prefix, Decision decision, Entry into, boolean alone)
            throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        List<Inner> inner = new ArrayList<>();
        try {
            for (Path child : folder) {
                String name = PathText.nameOf(child);
                look(child, prefix + name, decision, inner).ifPresent(entry -> into.children.put(name, entry));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        if (alone && Parallel.isWorthwhile(inner.size())) {
            Parallel.forEach(inner, () -> new Lister(folder));
        } else {
            for (Inner child : inner) {
                list(folder, child, alone);
            }
        }
        into.children.values().removeIf(entry -> entry.isNothing);
    }

    /** Lists folders of one folder, in one thread. */
    private final class Lister implements Parallel.Worker<Inner> {

        private final DirectoryStream<Path> parent;

        private Lister(DirectoryStream<Path> parent) {
            this.parent = parent;
        }

        @Override
        public void accept(Inner folder) throws IOException, InterruptedException {
            list(parent, folder, false);
        }

        @Override
        public void close() {}
    }

    private void list(DirectoryStream<Path> parent, Inner folder, boolean alone)
            throws IOException, InterruptedException {
        try (DirectoryStream<Path> children = PinnedFolder.list(parent, folder.path)) {
            list(children, folder.name + "/", folder.decision, folder.entry, alone);
            folder.entry.isNothing = !folder.decision.taken() && folder.entry.children.isEmpty();
        } catch (NoSuchFileException e) {
            folder.entry.isNothing = true;
        }
    }

    private Optional<Entry> look(Path path, String name, Decision folder, List<Inner> inner) throws IOException {
        Decision decision = filter.decide(name, folder);
        if (!decision.taken() && !filter.mayTakeBelow(name, decision)) {
            return Optional.empty();
        }
        FileStatus status;
        try {
            status = FileStatus.of(path);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (!decision.taken() && !status.isFolder()) {
            return Optional.empty();
        }
        SortedMap<String, Bytes> xattrs =
                status.isFolder() || status.isFile() ? xattrs(path, name, status) : Collections.emptySortedMap();
        Entry entry = new Entry(ScannedFile.attributes(status, xattrs));
        if (status.isFolder()) {
            folders.put(name, new ScannedFolder(status, xattrs));
            if (filter.mayTakeBelow(name, decision)) {
                inner.add(new Inner(path, name, decision, entry));
            }
            return Optional.of(entry);
        }
        if (status.isFile()) {
            entry.file = file(path, name, status, xattrs);
        } else if (status.isLink()) {
            entry.other = new SymbolicLink(entry.attributes, target(path));
        } else {
            SpecialFile special = SpecialFile.of(status, entry.attributes);
            // As BuildKit's client sends it: nobody could listen at it in the build.
            entry.other = special.isSocket() ? new RegularFile(entry.attributes, Content.EMPTY) : special;
        }
        return Optional.of(entry);
    }

    private SortedMap<String, Bytes> xattrs(Path path, String name, FileStatus status) {
        Optional<Known> before = known.of(name).filter(file -> file.settled() && file.sameStatus(status));
        if (before.isPresent()) {
            return before.get().xattrs();
        }
        learned.set(true);
        return ContextXattrs.of(path);
    }

    private static String target(Path link) throws IOException {
        try {
            String separator = link.getFileSystem().getSeparator();
            return PathText.of(Files.readSymbolicLink(link)).replace(separator, "/");
        } catch (NotLinkException | NoSuchFileException e) {
            throw PinnedFolder.replaced(link, e);
        }
    }

    private ScannedFile file(Path path, String name, FileStatus status, SortedMap<String, Bytes> xattrs) {
        return status.linkCount() > 1
                ? linked.computeIfAbsent(status.identity(), first -> newFile(path, name, status, xattrs))
                : newFile(path, name, status, xattrs);
    }

    private ScannedFile newFile(Path path, String name, FileStatus status, SortedMap<String, Bytes> xattrs) {
        Optional<Known> before = known.of(name).filter(file -> file.sameStatus(status));
        Optional<Content> expected = before.map(Known::content);
        ScannedFile file = new ScannedFile(path, status, xattrs, expected);
        if (status.size() == 0) {
            file.content(Content.EMPTY);
        } else if (before.filter(Known::settled).isPresent()) {
            file.content(expected.orElseThrow());
        }
        return file;
    }
}
