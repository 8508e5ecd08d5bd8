package dev.slipway.local.store;

import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.LayerDiff;
import dev.slipway.local.layer.Node;
import dev.slipway.oci.disk.FileStatus;
import dev.slipway.oci.disk.OwnFiles;
import dev.slipway.oci.disk.Privileges;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.posix.PathText;
import dev.slipway.oci.posix.Posix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A root as a tree of files for processes that change it in place where overlayfs cannot be had. The files may all belong to
 * whoever runs this program. Each file remembers what it stands for in the root, so that afterwards the difference can be told:
 * what was not touched is what it was, with its owner, as a device, and as a name of a file that has several.
 */
public final class CopiedTree {

    private final Path folder;
    private final Directory root;
    private final Privileges privileges;
    private final Map<Object, Origin> origins = new HashMap<>();
    private final Optional<Instant> finished;

    private CopiedTree(Path folder, Directory root, Privileges privileges) throws IOException {
        this.folder = folder;
        this.root = root;
        this.privileges = privileges;
        remember(folder, "", root);
        Path later = Files.createTempFile(folder.toAbsolutePath().getParent(), "finished", "");
        this.finished = Posix.get().born(later);
        Files.delete(later);
    }

    /**
     * What a file of the tree stood for before the process ran.
     *
     * @param path in the tree
     * @param node in the root
     * @param status of the file
     */
    record Origin(String path, Node node, FileStatus status) {}

    /**
     * Writes a root.
     *
     * @param folder is made
     * @param privileges what its files can be like
     */
    static CopiedTree write(Directory root, Path folder, Contents contents, Privileges privileges)
            throws IOException, InterruptedException {
        TreeWriter.write(root, Directory.EMPTY, folder, contents, privileges, UnpackMonitor.NONE);
        return new CopiedTree(folder, root, privileges);
    }

    /**
     * A tree that is this root already.
     *
     * @param folder of a tree that was written with these privileges
     * @throws IOException if it lacks a file of the root
     */
    public static CopiedTree existing(Directory root, Path folder, Privileges privileges) throws IOException {
        return new CopiedTree(folder, root, privileges);
    }

    /** Where the tree is. */
    public Path folder() {
        return folder;
    }

    /** What its files can be like. */
    public Privileges privileges() {
        return privileges;
    }

    private void remember(Path file, String path, Node node) throws IOException {
        FileStatus status = FileStatus.of(file);
        origins.put(status.identity(), new Origin(path, node, status));
        if (node instanceof Directory directory) {
            try (OwnFiles.Access access = OwnFiles.enter(file, status)) {
                for (int i = 0; i < directory.size(); i++) {
                    String name = directory.name(i);
                    remember(PathText.resolve(access.path(), name), path + "/" + name, directory.node(i));
                }
            }
        }
    }

    /**
     * What the file was before the process ran that now has this status. The number of a file that was removed may be that of a
     * new one by now, which was born later.
     */
    Optional<Origin> origin(Path file, String path, FileStatus status) throws IOException {
        Origin origin = origins.get(status.identity());
        if (origin == null || origin.status().mode() >>> 12 != status.mode() >>> 12) {
            return Optional.empty();
        }
        if (origin.status().changed().equals(status.changed())) {
            return Optional.of(origin);
        }
        Optional<Instant> born = finished.isPresent() ? Posix.get().born(file) : Optional.empty();
        boolean isSame = born.isPresent()
                ? !born.get().isAfter(finished.get())
                : origin.path().equals(path);
        return isSame ? Optional.of(origin) : Optional.empty();
    }

    /**
     * The attributes that a file had in the root, if it is one of the root's. They are what the tree cannot tell.
     *
     * @param file where it is; a link is not followed
     * @param status what it is like now
     */
    public Optional<Attributes> attributes(Path file, FileStatus status) throws IOException {
        String path = file.startsWith(folder) ? "/" + PathText.of(folder.relativize(file)) : "";
        return origin(file, path, status).map(origin -> origin.node().attributes());
    }

    /**
     * The layer that turns the root into what the tree is now. Nothing may change it any more.
     *
     * @param newFiles what is known of files that the tree itself cannot tell
     * @param contents takes the bytes of new files
     */
    public Directory changes(NewFiles newFiles, NewContents contents) throws IOException, InterruptedException {
        Directory now = new TreeScan(this, newFiles, contents).root(folder);
        return LayerDiff.between(root, now);
    }

    /** What a process wanted files to be that the tree could not express. */
    public interface NewFiles {

        /**
         * A new file's attributes, with the owner that it has because of who made it.
         *
         * @param found what the tree says
         */
        Attributes made(Attributes found);

        /**
         * The attributes of a file that may have been given away.
         *
         * @param file where it is
         * @param known what it has if it was not
         */
        Attributes given(Path file, Attributes known) throws IOException;
    }
}
