package dev.slipway.local.source;

import dev.slipway.llb.Digest;
import dev.slipway.local.layer.Content;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Folder;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.source.KnownFiles.Known;
import dev.slipway.local.store.Store;
import dev.slipway.local.store.folder.LastUse;
import dev.slipway.oci.disk.FileStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes layers of the client's folders, and remembers what it has read of them, in the store as well as in this process. */
public final class Contexts {

    /** Files that a build does not take are remembered for other builds of the folder, but not without limit. */
    private static final int REMEMBERED_FILES = 100_000;

    private final Store store;
    private final Clock clock;
    private final Map<Path, Remembered> remembered = new ConcurrentHashMap<>();

    /**
     * @param store where layers and what is known are kept
     * @param clock tells whether a file was changed just now
     */
    public Contexts(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What the store knew, and how its file looked then: another process may have written it since. */
    private record Remembered(Instant modified, long inode, KnownFiles known) {}

    /** The layers that a file of known files refers to; none if it is damaged. */
    public static Set<String> homes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return KnownFiles.read(in).homes();
        } catch (IOException e) {
            return Set.of();
        }
    }

    /** The layer that holds what the filter takes of a folder now. */
    String scan(Path folder, LocalFilter filter) throws IOException, InterruptedException {
        Path file = store.contextFile(Digest.sha256(folder.toString()).hex());
        // Another file system may have a folder of the same name, with files that look the same.
        boolean isOfMachine = folder.getFileSystem() == FileSystems.getDefault();
        KnownFiles known = isOfMachine ? known(file) : KnownFiles.NONE;
        Instant start = clock.instant();
        FolderScan scan = new FolderScan(folder, filter, known);
        List<ScannedFile> unknown = unknown(scan);
        String layer = layer(folder, scan, unknown);
        if (isOfMachine && (!unknown.isEmpty() || scan.hasLearned())) {
            remember(file, known, scan, start, store.layers().load(layer));
        }
        return layer;
    }

    /** What is known of files whose bytes are still there, and stay. Collection between two looks makes a third one needed. */
    private KnownFiles known(Path file) throws IOException, InterruptedException {
        while (true) {
            KnownFiles known = load(file);
            Set<String> layers = store.roots().present(known.homes());
            if (load(file) == known) {
                LastUse.now(file);
                return known.keeping(layers);
            }
        }
    }

    private static List<ScannedFile> unknown(FolderScan scan) {
        return scan.files().values().stream()
                .filter(scanned -> scanned.content().isEmpty())
                .distinct()
                .toList();
    }

    private String layer(Path folder, FolderScan scan, List<ScannedFile> unknown)
            throws IOException, InterruptedException {
        Optional<Path> contents = new ContentTaker(folder, store.temp()).take(unknown);
        Directory root = scan.root();
        return contents.isPresent()
                ? store.layers().addWithContents(root, contents.get())
                : store.layers().add(root);
    }

    private KnownFiles load(Path file) {
        Remembered before = remembered.get(file);
        try {
            FileStatus status = FileStatus.of(file);
            if (before != null && before.modified.equals(status.modified()) && before.inode == status.inode()) {
                return before.known;
            }
            try (InputStream in = Files.newInputStream(file)) {
                KnownFiles known = KnownFiles.read(in);
                remembered.put(file, new Remembered(status.modified(), status.inode(), known));
                return known;
            }
        } catch (IOException e) {
            // What is not known is read from the folder.
            return KnownFiles.NONE;
        }
    }

    private void remember(Path place, KnownFiles before, FolderScan scan, Instant start, Directory layer)
            throws IOException {
        int found = scan.files().size() + scan.folders().size();
        boolean keep = before.files().size() <= REMEMBERED_FILES + found;
        Map<String, Known> files = new HashMap<>(keep ? before.files() : Map.of());
        scan.folders().forEach((path, folder) -> {
            Known now = Known.of(folder.status(), start, Content.EMPTY, folder.xattrs());
            files.put(path, settled(before, path, folder.status()).orElse(now));
        });
        scan.files()
                .forEach((path, file) -> settled(before, path, file.status())
                        .or(() -> find(layer, path)
                                .map(node -> Known.of(
                                        file.status(),
                                        start,
                                        node.content(),
                                        node.attributes().xattrs())))
                        .ifPresent(known -> files.put(path, known)));
        KnownFiles known = new KnownFiles(files);
        store.temp().write(place, known::write);
        FileStatus status = FileStatus.of(place);
        remembered.put(place, new Remembered(status.modified(), status.inode(), known));
    }

    private static Optional<Known> settled(KnownFiles before, String path, FileStatus status) {
        return before.of(path).filter(known -> known.settled() && known.sameStatus(status));
    }

    private static Optional<RegularFile> find(Directory root, String path) {
        Optional<Node> node = Optional.of(root);
        for (String name : path.split("/")) {
            node = node.filter(Folder.class::isInstance).flatMap(folder -> ((Folder) folder).child(name));
        }
        return node.filter(RegularFile.class::isInstance).map(RegularFile.class::cast);
    }
}
