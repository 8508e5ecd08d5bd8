package dev.slipway.local.store;

import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.LayerForm;
import dev.slipway.local.layer.LayerIndex;
import dev.slipway.local.layer.Layers;
import dev.slipway.local.store.folder.StoreFolder;
import dev.slipway.local.store.folder.StoreFolder.Part;
import dev.slipway.local.store.folder.TempFolder;
import dev.slipway.oci.disk.FileLocks;
import dev.slipway.oci.disk.Folders;
import dev.slipway.oci.disk.Privileges;
import dev.slipway.oci.layer.Attributes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Unpacked layers, in the form that overlayfs lays over each other. A folder of a tree hides the attributes of the folder that
 * it lies upon, so those that the layer does not describe have to be given the same ones, and files of lower layers to which the
 * layer has hard links have to be in its tree too; a layer has one tree for each way in which they can differ, mostly one.
 */
public final class Trees {

    private static final int VARIANT_LENGTH = 16;
    /** Sets trees apart from those that an earlier Slipway left in the store: they may hold more than their layer. */
    private static final String TRIMMED = "trimmed\0";

    private final StoreFolder folder;
    private final TempFolder temp;
    private final Contents contents;
    private final TreeCheck check = TreeCheck.ofThisStart();
    private @Nullable Privileges privileges;

    Trees(StoreFolder folder, TempFolder temp, Contents contents) {
        this.folder = folder;
        this.temp = temp;
        this.contents = contents;
    }

    /** What this process can write into a tree. */
    synchronized Privileges privileges() throws IOException {
        if (privileges == null) {
            privileges = Privileges.in(temp.newFolder());
        }
        return privileges;
    }

    /** Which tree of a layer fits above this root. One that was written with other privileges is another one. */
    private String variant(Directory layer, Directory unpacked, Directory below) throws IOException {
        MessageDigest digest = Digest.newSha256();
        digest.update(TRIMMED.getBytes(StandardCharsets.UTF_8));
        implied("", unpacked, Optional.of(below), digest);
        if (unpacked != layer) {
            Digest files = LayerIndex.write(unpacked, LayerForm.PLAIN, OutputStream.nullOutputStream());
            digest.update(files.toString().getBytes(StandardCharsets.UTF_8));
        }
        if (!privileges().equals(Privileges.ALL)) {
            digest.update(privileges().toString().getBytes(StandardCharsets.UTF_8));
        }
        return Digest.of(digest.digest()).hex().substring(0, VARIANT_LENGTH);
    }

    /** Times do not count: overlayfs changes them anyway when something in a folder changes. */
    private static void implied(String path, Directory layer, Optional<Directory> below, MessageDigest digest) {
        if (layer.isImplicit()) {
            Attributes attributes = below.map(Directory::attributes).orElse(Attributes.DEFAULT_FOLDER);
            Bytes capability = attributes.xattrs().get(Attributes.CAPABILITY);
            String text = path + "\0" + attributes.mode() + "\0" + attributes.uid() + "\0" + attributes.gid() + "\0";
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            digest.update(capability == null ? new byte[0] : capability.toArray());
        }
        for (int i = 0; i < layer.size(); i++) {
            if (layer.node(i) instanceof Directory child && !child.isPlain()) {
                String name = layer.name(i);
                implied(path + "/" + name, child, below.flatMap(root -> directory(root, name)), digest);
            }
        }
    }

    private static Optional<Directory> directory(Directory parent, String name) {
        return parent.child(name).filter(Directory.class::isInstance).map(Directory.class::cast);
    }

    /** Some tree of the layer, if it was ever unpacked: all of them have the same files. */
    Optional<Path> any(String id) throws IOException {
        try (Stream<Path> trees = Files.list(folder(id))) {
            return trees.filter(Files::isDirectory).findFirst();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * The tree of a layer, unpacked now if it never was. Of several that ask for one tree at a time, in this process or another,
     * one unpacks it.
     *
     * @param below the root that the layer lies upon
     * @param monitor hears how far it is, where it is unpacked
     */
    public Path path(String id, Directory layer, Directory below, StepMonitor monitor)
            throws IOException, InterruptedException {
        Directory unpacked = Layers.unpacked(layer, below);
        String variant = variant(layer, unpacked, below);
        Path tree = folder(id).resolve(variant);
        if (Files.isDirectory(tree) && check.isDone(tree)) {
            return tree;
        }
        return FileLocks.exclusively(folder.lock("tree", id + "-" + variant), () -> {
            if (Files.isDirectory(tree) && !check.isDone(tree)) {
                check(unpacked, tree);
            }
            if (!Files.isDirectory(tree)) {
                Path aside = temp.newPath();
                TreeWriter.write(unpacked, below, aside, contents, privileges(), new UnpackMonitor(monitor, id));
                publish(aside, tree);
            }
            return tree;
        });
    }

    /** A tree that is damaged is removed: it is unpacked again if the layer is kept in another form too. */
    private void check(Directory layer, Path tree) throws IOException, InterruptedException {
        if (TreeCheck.isIntact(layer, tree)) {
            check.done(tree);
        } else {
            Path aside = temp.newPath();
            Files.move(tree, aside, StandardCopyOption.ATOMIC_MOVE);
            temp.delete(aside);
        }
    }

    /**
     * Takes over a tree that holds the layer already, without what it holds besides. What was left by a process that did not get
     * further is removed.
     */
    void add(String id, Directory layer, Directory below, Path made) throws IOException {
        TreeTrim.trim(layer, made);
        Path tree = folder(id).resolve(variant(layer, layer, below));
        Folders.delete(tree);
        publish(made, tree);
    }

    private void publish(Path made, Path tree) throws IOException {
        Files.createDirectories(tree.getParent());
        Files.move(made, tree, StandardCopyOption.ATOMIC_MOVE);
        check.done(tree);
    }

    private Path folder(String id) {
        return folder.of(Part.TREES).resolve(id);
    }
}
