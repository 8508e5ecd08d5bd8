package dev.slipway.local.layer;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.text.Utf8Order;
import dev.slipway.oci.layer.Attributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lays layers over each other. */
public final class Layers {

    private Layers() {}

    /**
     * The root that is seen when the layer lies over a root. What the layer does not touch is shared with the lower root.
     *
     * @throws ExecutorException if the layer has a hard link to a file that the root does not have
     */
    public static Directory apply(Directory lower, Directory layer) {
        return merge(lower, unpacked(layer, lower));
    }

    /**
     * A layer as it is unpacked over a root: instead of links to files of the root it holds these files. Most layers have none
     * and are what they are.
     *
     * @throws ExecutorException if the layer has a hard link to a file that the root does not have
     */
    public static Directory unpacked(Directory layer, Directory below) {
        return LowerLinks.resolve(layer, below);
    }

    private static Directory merge(Directory lower, Directory layer) {
        if (layer.isPlain() && lower.size() == 0) {
            return layer;
        }
        Merge merge = new Merge(layer.isOpaque() ? Directory.EMPTY : lower, layer);
        Attributes attributes = layer.isImplicit() ? lower.attributes() : layer.attributes();
        return new Directory(Optional.of(attributes), false, merge.names, merge.nodes);
    }

    /** The same tree of a root with this time everywhere. Names of one file stay names of one file. */
    public static Directory withModified(Directory root, Instant time) {
        return withModified(root, time, new IdentityHashMap<>());
    }

    private static Directory withModified(Directory directory, Instant time, Map<RegularFile, RegularFile> files) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < directory.size(); i++) {
            Node node = directory.node(i);
            if (node instanceof Directory child) {
                nodes.add(withModified(child, time, files));
            } else if (node instanceof RegularFile file) {
                nodes.add(files.computeIfAbsent(
                        file, same -> new RegularFile(same.attributes().withModified(time), same.content())));
            } else if (node instanceof SymbolicLink link) {
                nodes.add(new SymbolicLink(link.attributes().withModified(time), link.target()));
            } else if (node instanceof SpecialFile special) {
                nodes.add(new SpecialFile(
                        special.attributes().withModified(time), special.kind(), special.major(), special.minor()));
            }
        }
        Attributes attributes = directory.attributes().withModified(time);
        return new Directory(Optional.of(attributes), false, directory.names(), nodes);
    }

    /** The children of both, in one pass over the two sorted lists. */
    private static final class Merge {

        private final List<String> names;
        private final List<Node> nodes;

        private Merge(Directory lower, Directory upper) {
            names = new ArrayList<>(lower.size() + upper.size());
            nodes = new ArrayList<>(lower.size() + upper.size());
            int below = 0;
            for (int above = 0; above < upper.size(); above++) {
                String name = upper.name(above);
                while (below < lower.size() && Utf8Order.INSTANCE.compare(lower.name(below), name) < 0) {
                    add(lower.name(below), lower.node(below++));
                }
                Node hidden = null;
                if (below < lower.size() && lower.name(below).equals(name)) {
                    hidden = lower.node(below++);
                }
                addOver(name, hidden, upper.node(above));
            }
            while (below < lower.size()) {
                add(lower.name(below), lower.node(below++));
            }
        }

        private void addOver(String name, @Nullable Node hidden, Node node) {
            if (node instanceof Directory directory) {
                add(name, merge(hidden instanceof Directory lower ? lower : Directory.EMPTY, directory));
            } else if (node != Whiteout.INSTANCE) {
                add(name, node);
            }
        }

        private void add(String name, Node node) {
            names.add(name);
            nodes.add(node);
        }
    }
}
