package dev.slipway.oci.files;

import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.layer.LayerLimits;
import dev.slipway.oci.layer.LayerReader;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The root file system of an image: all of its layers applied. Contents are digested, not kept. */
public final class FileTree {

    /** More than any honest image has, and as many as fit into the memory of an ordinary machine. */
    private static final int MAX_FILES = 2_000_000;

    private final TreeMap<String, TreeFile> files;
    private final TreeLinks links;
    private int layers;

    private FileTree(TreeMap<String, TreeFile> files, int layers) {
        this.files = files;
        this.links = new TreeLinks(files);
        this.layers = layers;
    }

    /** An empty tree. */
    public static FileTree empty() {
        return new FileTree(new TreeMap<>(), 0);
    }

    /** The files of an image; all of its layers are read. */
    public static FileTree of(Image image) throws IOException {
        FileTree tree = empty();
        for (int i = 0; i < image.manifest().layers().size(); i++) {
            tree.apply(image, i);
        }
        return tree;
    }

    /** An independent copy. */
    public FileTree copy() {
        return new FileTree(new TreeMap<>(files), layers);
    }

    /** All files by their paths, which are relative; the path of the root, if a layer has it, is empty. */
    public SortedMap<String, TreeFile> files() {
        return Collections.unmodifiableSortedMap(files);
    }

    /**
     * Applies a layer.
     *
     * @param number of the layer in the image, from 0
     * @return what is in the layer
     * @throws InvalidImageException if it is damaged, hostile or not the layer named by the config
     */
    public LayerSummary apply(Image image, int number) throws IOException {
        Digest diffId = image.config().diffIds().get(number);
        try (LayerReader reader = LayerReader.ofLayer(image.openLayer(number), LayerLimits.DEFAULT)) {
            LayerSummary summary = apply(reader);
            if (!reader.diffId().equals(diffId)) {
                throw new InvalidImageException(
                        "layer " + image.manifest().layers().get(number).digest() + " has the diff id "
                                + reader.diffId() + ", but the config says " + diffId);
            }
            return summary;
        }
    }

    private LayerSummary apply(LayerReader reader) throws IOException {
        LayerSummary.Builder summary = new LayerSummary.Builder();
        for (Optional<FileEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
            FileEntry entry = next.get();
            Optional<Digest> content =
                    entry.type() == EntryType.FILE ? Optional.of(digest(reader.content())) : Optional.empty();
            summary.add(entry, content);
            apply(entry, content);
        }
        layers++;
        return summary.build();
    }

    private static Digest digest(InputStream content) throws IOException {
        MessageDigest digest = Digest.newSha256();
        byte[] buffer = new byte[1 << 16];
        for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
            digest.update(buffer, 0, n);
        }
        return Digest.of(digest.digest());
    }

    private void apply(FileEntry entry, Optional<Digest> content) throws IOException {
        String path = links.place(entry.path());
        switch (entry.type()) {
            case WHITEOUT -> remove(path, layers);
            case OPAQUE -> removeBelow(path, layers);
            case HARD_LINK -> {
                TreeFile target = files.get(links.place(entry.linkTarget()));
                if (target == null) {
                    throw new InvalidImageException("the hard link " + entry.path() + " leads to " + entry.linkTarget()
                            + ", which is not there");
                }
                put(path, new TreeFile(target.entry().withPath(path), target.content(), layers));
            }
            case FILE, DIRECTORY, SYMLINK, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO ->
                put(path, new TreeFile(entry.withPath(path), content, layers));
        }
    }

    private void put(String path, TreeFile file) throws IOException {
        if (!path.isEmpty()) {
            makeFolder(parent(path));
        }
        if (file.entry().type() != EntryType.DIRECTORY) {
            removeBelow(path, layers + 1);
        }
        files.put(path, file);
        links.changed(file.entry().type());
        if (files.size() > MAX_FILES) {
            throw new InvalidImageException("the image has more than " + MAX_FILES + " files");
        }
    }

    /** Missing parent folders are added as engines would. */
    private void makeFolder(String path) throws IOException {
        TreeFile there = files.get(path);
        boolean folder = there != null && there.entry().type() == EntryType.DIRECTORY;
        if (!path.isEmpty() && !folder) {
            put(path, new TreeFile(FileEntry.directory(path, 0755), Optional.empty(), layers));
        }
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** A whiteout hides files of the layers below it, but none of its own layer. */
    private void remove(String path, int below) throws IOException {
        removeBelow(path, below);
        TreeFile file = files.get(path);
        if (file == null || file.layer() >= below) {
            return;
        }
        files.remove(path);
        links.changed(EntryType.WHITEOUT);
        if (!inside(path).isEmpty()) {
            makeFolder(path);
        }
    }

    private void removeBelow(String path, int below) {
        SortedMap<String, TreeFile> inside = inside(path);
        if (inside.isEmpty()) {
            return;
        }
        List<String> gone = new ArrayList<>();
        inside.forEach((name, file) -> {
            if (file.layer() < below && !name.equals(path)) {
                gone.add(name);
            }
        });
        gone.forEach(files::remove);
        links.changed(EntryType.WHITEOUT);
    }

    private SortedMap<String, TreeFile> inside(String path) {
        return path.isEmpty() ? files : files.subMap(path + "/", path + "0");
    }
}
