package dev.slipway.local.export;

import dev.slipway.local.layer.Attributes;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.layer.SpecialFile;
import dev.slipway.local.layer.SymbolicLink;
import dev.slipway.local.layer.Whiteout;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Gives all files of a root one time, as BuildKit does in files that it exports when SOURCE_DATE_EPOCH is set. */
final class SettledTimes {

    private final Instant time;

    /** Names of one file stay names of one file. */
    private final Map<RegularFile, RegularFile> files = new IdentityHashMap<>();

    private SettledTimes(Instant time) {
        this.time = time;
    }

    static Directory of(Directory root, Instant time) {
        return new SettledTimes(time).folder(root);
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
            return special.with(attributes(special));
        }
        throw new IllegalArgumentException("a root has no " + (node == Whiteout.INSTANCE ? "whiteouts" : node));
    }

    private Attributes attributes(Node node) {
        return node.attributes().withModified(time);
    }
}
