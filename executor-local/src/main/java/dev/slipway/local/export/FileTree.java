package dev.slipway.local.export;

import dev.slipway.local.layer.Content;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.layer.SpecialFile;
import dev.slipway.local.layer.SymbolicLink;
import dev.slipway.oci.layer.Attributes;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of one image as they are exported. They are its own: platforms share files in the store, but no file of an output is
 * one of another platform too. Names of one file in an image stay names of one file. A socket becomes an empty file, as in
 * BuildKit.
 */
final class FileTree {

    private final Optional<Instant> time;
    private final Map<RegularFile, RegularFile> files = new IdentityHashMap<>();

    private FileTree(Optional<Instant> time) {
        this.time = time;
    }

    /**
     * The files of an image.
     *
     * @param time of all files, as BuildKit sets it when there is a SOURCE_DATE_EPOCH
     */
    static Directory of(Directory root, Optional<Instant> time) {
        return new FileTree(time).folder(root);
    }

    private Directory folder(Directory folder) {
        TreeMap<String, Node> children = new TreeMap<>();
        for (int i = 0; i < folder.size(); i++) {
            children.put(folder.name(i), node(folder.node(i)));
        }
        return Directory.of(attributes(folder), children);
    }

    private Node node(Node node) {
        if (node instanceof Directory directory) {
            return folder(directory);
        }
        if (node instanceof RegularFile file) {
            return files.computeIfAbsent(file, once -> new RegularFile(attributes(once), once.content()));
        }
        if (node instanceof SymbolicLink link) {
            return new SymbolicLink(attributes(link), link.target());
        }
        if (node instanceof SpecialFile special) {
            return special.isSocket()
                    ? new RegularFile(attributes(special), Content.EMPTY)
                    : special.with(attributes(special));
        }
        throw new IllegalArgumentException("a root has no " + node);
    }

    private Attributes attributes(Node node) {
        Attributes attributes = node.attributes();
        return time.map(attributes::withModified).orElse(attributes);
    }
}
