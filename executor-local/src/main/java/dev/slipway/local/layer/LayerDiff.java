package dev.slipway.local.layer;

import dev.slipway.executor.text.Utf8Order;
import dev.slipway.oci.layer.Attributes;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes a layer of what was changed in a root. As in BuildKit, a folder is in it if something in it is, or if its mode, owner or
 * extended attributes are others; its time alone does not count, and the root itself is in no layer. A file that was written
 * again exactly as it was is not in the layer; a folder that replaces another one is not opaque, but lists what is gone.
 *
 * @param layer the layer; an implicit folder without children if nothing was changed
 * @param root the root after the change
 */
public record LayerDiff(Directory layer, Directory root) {

    /** The changes of this draft, which began as this root. */
    public static LayerDiff of(Directory original, DraftDirectory changed) {
        return diff(original, changed, true);
    }

    /** The layer that turns one root into another. */
    public static Directory between(Directory lower, Directory upper) {
        return diff(lower, DraftDirectory.over(upper), true).layer;
    }

    private static LayerDiff diff(Directory original, DraftDirectory changed, boolean isRoot) {
        Children children = new Children(original);
        Directory base = changed.base();
        if (base == original) {
            for (int i = 0; i < base.size(); i++) {
                children.root.put(base.name(i), base.node(i));
            }
        } else {
            original.names().forEach(name -> children.layer.put(name, Whiteout.INSTANCE));
            for (int i = 0; i < base.size(); i++) {
                children.set(base.name(i), base.node(i));
            }
        }
        changed.changes().forEach(children::set);
        boolean same = sameFolder(original.attributes(), changed.attributes(), isRoot || children.layer.isEmpty());
        if (same && children.layer.isEmpty()) {
            return new LayerDiff(Directory.of(Optional.empty(), false, children.layer), original);
        }
        Attributes attributes = same ? original.attributes() : changed.attributes();
        Optional<Attributes> own = same ? Optional.empty() : Optional.of(attributes);
        return new LayerDiff(Directory.of(own, false, children.layer), Directory.of(attributes, children.root));
    }

    /** The children of a folder, in the layer and in the root. */
    private static final class Children {

        private final Directory original;
        private final SortedMap<String, Node> layer = new TreeMap<>(Utf8Order.INSTANCE);
        private final SortedMap<String, Node> root = new TreeMap<>(Utf8Order.INSTANCE);

        private Children(Directory original) {
            this.original = original;
        }

        private void set(String name, Node node) {
            Optional<Node> before = original.child(name);
            layer.remove(name);
            root.remove(name);
            if (node == Whiteout.INSTANCE) {
                before.ifPresent(gone -> layer.put(name, node));
            } else if (node instanceof DraftDirectory draft) {
                setFolder(name, before, draft);
            } else if (before.isPresent() && same(before.get(), node)) {
                root.put(name, before.get());
            } else if (node instanceof Directory directory && before.orElse(null) instanceof Directory) {
                setFolder(name, before, DraftDirectory.over(directory));
            } else {
                layer.put(name, node);
                root.put(name, node);
            }
        }

        private void setFolder(String name, Optional<Node> before, DraftDirectory folder) {
            if (before.orElse(null) instanceof Directory directory) {
                LayerDiff below = diff(directory, folder, false);
                root.put(name, below.root);
                if (!below.layer.isImplicit() || below.layer.size() > 0) {
                    layer.put(name, below.layer);
                }
            } else {
                Directory made = folder.toRoot();
                layer.put(name, made);
                root.put(name, made);
            }
        }
    }

    /**
     * Whether a folder counts as unchanged that has these attributes now.
     *
     * @param bare whether nothing in it makes it count as changed
     */
    public static boolean sameFolder(Attributes before, Attributes after, boolean bare) {
        return bare && before.sameFolder(after);
    }

    /** Whether something that is not a folder counts as unchanged: then it is not in the layer. */
    public static boolean same(Node before, Node after) {
        if (before instanceof RegularFile file && after instanceof RegularFile other) {
            return file.sameAs(other);
        }
        if (before instanceof SymbolicLink link && after instanceof SymbolicLink other) {
            return link.sameAs(other);
        }
        if (before instanceof SpecialFile special && after instanceof SpecialFile other) {
            return special.sameAs(other);
        }
        return before == after;
    }
}
