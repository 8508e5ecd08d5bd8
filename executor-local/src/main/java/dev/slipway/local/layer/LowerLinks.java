package dev.slipway.local.layer;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.text.Utf8Order;
import dev.slipway.local.layer.PathResolver.Place;
import dev.slipway.oci.layer.Attributes;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Gives a layer the files of lower layers that it has hard links to, as if the layer had been unpacked over them: the layer holds
 * the file then, under its new names and under all that it had, unless the layer has something else there.
 */
final class LowerLinks {

    private static final Directory NOTHING = Directory.ofLayer(Optional.empty(), new TreeMap<>());

    private final Directory layer;
    private final Directory below;

    /** The file that each link leads to. */
    private final Map<LowerLink, Node> targets = new IdentityHashMap<>();

    /** What became of these files. */
    private final Map<Node, Node> files = new IdentityHashMap<>();

    private LowerLinks(Directory layer, Directory below) {
        this.layer = layer;
        this.below = below;
    }

    /**
     * The layer as it is over this root.
     *
     * @throws ExecutorException if a link leads to nothing, or to a folder
     */
    static Directory resolve(Directory layer, Directory below) {
        if (!layer.hasLowerLinks()) {
            return layer;
        }
        LowerLinks links = new LowerLinks(layer, below);
        links.find(layer, "");
        return links.folder(layer, layer.isOpaque() ? NOTHING : below);
    }

    private void find(Directory folder, String prefix) {
        for (int i = 0; i < folder.size(); i++) {
            Node node = folder.node(i);
            String path = prefix + folder.name(i);
            if (node instanceof LowerLink link) {
                Node file = target(path, link);
                targets.put(link, file);
                files.put(file, HardLinks.linked(file, link.attributes()));
            } else if (node instanceof Directory child && child.hasLowerLinks()) {
                find(child, path + "/");
            }
        }
    }

    /**
     * The layer had nothing at the path itself and hid nothing there when the link was made, so what it has there now, or hides,
     * came later. But a symbolic link
     * below can lead to a file that the layer brings.
     */
    private Node target(String path, LowerLink link) {
        try {
            Place place = PathResolver.resolveParent(below, link.target());
            boolean led = !place.path().equals("/" + link.target());
            Optional<Node> own = led ? find(place.names()) : Optional.empty();
            Optional<Node> file =
                    own.filter(LowerLinks::isFile).or(() -> place.node().filter(LowerLinks::isFile));
            if (file.isPresent()) {
                return file.get();
            }
        } catch (ExecutorException e) {
            // Something on the way is not a folder, or leads round in circles.
        }
        throw new ExecutorException("the hard link " + path + " leads to " + link.target()
                + ", which is not a file of its layer or of those below it; the image is faulty, use another one");
    }

    private Optional<Node> find(List<String> names) {
        Optional<Node> node = Optional.of(layer);
        for (String name : names) {
            node = node.filter(Directory.class::isInstance).flatMap(folder -> ((Directory) folder).child(name));
        }
        return node;
    }

    private static boolean isFile(Node node) {
        return !(node instanceof Folder || node instanceof Whiteout || node instanceof LowerLink);
    }

    /** A folder of the layer, with what was found of the one that it lies upon. */
    private Directory folder(Directory upper, Directory lower) {
        SortedMap<String, Node> children = new TreeMap<>(Utf8Order.INSTANCE);
        for (int i = 0; i < lower.size(); i++) {
            Node node = lower.node(i);
            if (upper.child(lower.name(i)).isPresent()) {
                continue;
            }
            if (node instanceof Directory child) {
                Directory copied = folder(NOTHING, child);
                if (copied.size() > 0) {
                    children.put(lower.name(i), copied);
                }
            } else if (files.containsKey(node)) {
                children.put(lower.name(i), files.get(node));
            }
        }
        for (int i = 0; i < upper.size(); i++) {
            String name = upper.name(i);
            Node node = upper.node(i);
            children.put(name, node instanceof Directory child ? folder(child, hidden(child, lower, name)) : now(node));
        }
        Optional<Attributes> attributes = upper.isImplicit() ? Optional.empty() : Optional.of(upper.attributes());
        return Directory.of(attributes, upper.isOpaque(), children);
    }

    private static Directory hidden(Directory upper, Directory lower, String name) {
        return !upper.isOpaque() && lower.child(name).orElse(null) instanceof Directory child ? child : NOTHING;
    }

    private Node now(Node node) {
        Node file = node instanceof LowerLink link ? requireNonNull(targets.get(link)) : node;
        return files.getOrDefault(file, file);
    }
}
