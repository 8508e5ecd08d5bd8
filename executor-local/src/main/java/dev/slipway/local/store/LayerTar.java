package dev.slipway.local.store;

import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Bytes;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.layer.SpecialFile;
import dev.slipway.local.layer.SymbolicLink;
import dev.slipway.local.layer.Whiteout;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.layer.LayerWriter;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes a tree as the entries of an archive, folders before what is in them and names in order. Neither the root itself nor a
 * folder that a layer does not describe has an entry; sockets have none either. Of extended attributes there are capabilities
 * alone, as in layers of BuildKit.
 */
final class LayerTar {

    private final LayerWriter out;
    private final ContentReader contents;
    private final Map<RegularFile, String> names = new IdentityHashMap<>();

    private LayerTar(LayerWriter out, ContentReader contents) {
        this.out = out;
        this.contents = contents;
    }

    /** Writes all entries of a layer. The writer is not closed. */
    static void writeLayer(Directory layer, LayerWriter out, ContentReader contents)
            throws IOException, InterruptedException {
        new LayerTar(out, contents).children(layer, "");
    }

    private void children(Directory directory, String prefix) throws IOException, InterruptedException {
        for (int i = 0; i < directory.size(); i++) {
            write(prefix + directory.name(i), directory.node(i));
        }
    }

    private void write(String path, Node node) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (node instanceof Directory directory) {
            if (!directory.isImplicit()) {
                out.write(entry(path, EntryType.DIRECTORY, directory.attributes(), 0, "", 0, 0));
            }
            if (directory.isOpaque()) {
                out.write(FileEntry.opaque(path));
            }
            children(directory, path + "/");
        } else if (node instanceof RegularFile file) {
            write(path, file);
        } else if (node instanceof SymbolicLink link) {
            out.write(entry(path, EntryType.SYMLINK, link.attributes().withMode(0777), 0, link.target(), 0, 0));
        } else if (node instanceof SpecialFile special) {
            write(path, special);
        } else if (node == Whiteout.INSTANCE) {
            out.write(FileEntry.whiteout(path));
        }
    }

    private void write(String path, RegularFile file) throws IOException, InterruptedException {
        String first = names.putIfAbsent(file, path);
        if (first != null) {
            out.write(entry(path, EntryType.HARD_LINK, file.attributes(), 0, first, 0, 0));
        } else {
            long size = file.content().size();
            out.write(entry(path, EntryType.FILE, file.attributes(), size, "", 0, 0), contents.open(file.content()));
        }
    }

    private void write(String path, SpecialFile special) throws IOException {
        if (special.kind() != SpecialFile.Kind.SOCKET) {
            EntryType type = switch (special.kind()) {
                case CHARACTER_DEVICE -> EntryType.CHARACTER_DEVICE;
                case BLOCK_DEVICE -> EntryType.BLOCK_DEVICE;
                default -> EntryType.FIFO;
            };
            out.write(entry(path, type, special.attributes(), 0, "", special.major(), special.minor()));
        }
    }

    private FileEntry entry(
            String path, EntryType type, Attributes attributes, long size, String target, long major, long minor) {
        SortedMap<String, Bytes> written = new TreeMap<>(attributes.xattrs());
        written.keySet().retainAll(Set.of(Attributes.CAPABILITY));
        return new FileEntry(
                path,
                type,
                attributes.mode(),
                attributes.uid(),
                attributes.gid(),
                size,
                attributes.modified(),
                target,
                major,
                minor,
                written);
    }
}
