package dev.slipway.local.image;

import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.LowerLink;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.layer.SpecialFile;
import dev.slipway.local.layer.SymbolicLink;
import dev.slipway.oci.layer.Attributes;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Gives the files of layers the times that SOURCE_DATE_EPOCH asks for, as BuildKit does. */
final class SettledTimes {

    private final UnaryOperator<Instant> settle;

    /** Names of one file stay names of one file. */
    private final Map<RegularFile, RegularFile> files = new IdentityHashMap<>();

    private SettledTimes(UnaryOperator<Instant> settle) {
        this.settle = settle;
    }

    /** Takes times of a layer back that are later than this one ({@code rewrite-timestamp}). */
    static Directory noLaterThan(Directory layer, Instant time) {
        return new SettledTimes(modified -> modified.isAfter(time) ? time : modified).folder(layer);
    }

    private Directory folder(Directory folder) {
        TreeMap<String, Node> children = new TreeMap<>();
        for (int i = 0; i < folder.size(); i++) {
            children.put(folder.name(i), node(folder.node(i)));
        }
        return folder.with(this::settled, children);
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
        if (node instanceof LowerLink link) {
            return new LowerLink(attributes(link), link.target());
        }
        return node; // A whiteout, which always has the time 0.
    }

    private Attributes attributes(Node node) {
        return settled(node.attributes());
    }

    private Attributes settled(Attributes attributes) {
        return attributes.withModified(settle.apply(attributes.modified()));
    }
}
