package dev.slipway.local.source;

import dev.slipway.local.layer.Attributes;
import dev.slipway.local.layer.Content;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.SymbolicLink;
import dev.slipway.local.source.KnownFiles.Known;
import dev.slipway.local.source.LocalFilter.Decision;
import dev.slipway.local.store.FileStatus;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One look at a folder, without reading files. What goes away meanwhile is passed over. */
final class FolderScan {

    private final LocalFilter filter;
    private final KnownFiles known;
    private final Map<String, ScannedFile> files = new LinkedHashMap<>();
    private final Map<Object, ScannedFile> linked = new HashMap<>();
    private final Entry root;

    /** Looks at a folder. */
    FolderScan(Path folder, LocalFilter filter, KnownFiles known) throws IOException, InterruptedException {
        this.filter = filter;
        this.known = known;
        this.root = new Entry(
                Attributes.DEFAULT_FOLDER.withModified(FileStatus.of(folder).modified()));
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            list(children, "", Decision.TOP, root);
        }
    }

    /** Something that was found: a folder, a file or any other node. */
    private static final class Entry {

        private final Attributes attributes;
        private final SortedMap<String, Entry> children = new TreeMap<>();
        private ScannedFile file;
        private Node other;

        private Entry(Attributes attributes) {
            this.attributes = attributes;
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

    /** What was found, once the contents of all files are known. */
    Directory root() {
        return root.directory();
    }

    private void list(DirectoryStream<Path> folder, String prefix, Decision decision, Entry into)
            throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            for (Path child : folder) {
                String name = child.getFileName().toString();
                look(folder, child, prefix + name, decision).ifPresent(entry -> into.children.put(name, entry));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private Optional<Entry> look(DirectoryStream<Path> parent, Path path, String name, Decision folder)
            throws IOException, InterruptedException {
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
        Entry entry = new Entry(ScannedFile.attributes(status));
        if (status.isFolder()) {
            if (filter.mayTakeBelow(name, decision)) {
                try (DirectoryStream<Path> children = PinnedFolder.list(parent, path)) {
                    list(children, name + "/", decision, entry);
                } catch (NoSuchFileException e) {
                    return Optional.empty();
                }
            }
            return decision.taken() || !entry.children.isEmpty() ? Optional.of(entry) : Optional.empty();
        }
        if (!decision.taken()) {
            return Optional.empty();
        }
        if (status.isFile()) {
            entry.file = file(path, name, status);
        } else if (status.isLink()) {
            entry.other = new SymbolicLink(entry.attributes, target(path));
        } else {
            entry.other = status.special(entry.attributes);
        }
        return Optional.of(entry);
    }

    private static String target(Path link) throws IOException {
        try {
            String separator = link.getFileSystem().getSeparator();
            return Files.readSymbolicLink(link).toString().replace(separator, "/");
        } catch (NotLinkException | NoSuchFileException e) {
            throw PinnedFolder.replaced(link, e);
        }
    }

    private ScannedFile file(Path path, String name, FileStatus status) {
        ScannedFile file = status.linkCount() > 1
                ? linked.computeIfAbsent(status.identity(), first -> newFile(path, name, status))
                : newFile(path, name, status);
        files.put(name, file);
        return file;
    }

    private ScannedFile newFile(Path path, String name, FileStatus status) {
        Optional<Known> before = known.of(name).filter(file -> file.sameStatus(status));
        Optional<Content> expected = before.map(Known::content);
        ScannedFile file = new ScannedFile(path, status, expected);
        if (status.size() == 0) {
            file.content(Content.EMPTY);
        } else if (before.filter(Known::settled).isPresent()) {
            file.content(expected.orElseThrow());
        }
        return file;
    }
}
