package dev.slipway.local.store;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.local.layer.DraftDirectory;
import dev.slipway.local.layer.HardLinks;
import dev.slipway.local.layer.LowerLink;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.PathResolver;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.layer.Attributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The hard links of a layer that is being looked into. They lead to what the layer has so far, or else to what lower layers
 * have, which nobody knows here.
 */
final class LayerLinks {

    private final DraftDirectory root;
    private final Map<Node, LinkedFile> files = new IdentityHashMap<>();
    private final Map<String, Node> lower = new HashMap<>();

    LayerLinks(DraftDirectory root) {
        this.root = root;
    }

    private record Name(DraftDirectory folder, String name) {}

    /** A file with the names that links are or lead to, and with what the last of the links says of it. */
    private static final class LinkedFile {

        private final List<Name> names = new ArrayList<>();
        private Attributes attributes;

        private LinkedFile(Attributes attributes) {
            this.attributes = attributes;
        }
    }

    /**
     * Makes a link.
     *
     * @throws InvalidImageException if it leads to a folder, to itself, or to what the layer has taken away
     */
    void add(FileEntry entry, DraftDirectory folder, String name, Attributes attributes) throws InvalidImageException {
        List<String> target = target(entry);
        DraftDirectory parent = root;
        int depth = 0;
        while (depth < target.size() - 1 && parent.folder(target.get(depth)).isPresent()) {
            parent = parent.folder(target.get(depth++)).get();
        }
        String last = target.get(depth);
        Node file = parent.child(last).orElse(null);
        if (file == null && !parent.hides(last)) {
            String path = String.join("/", target);
            file = lower.computeIfAbsent(path, below -> new LowerLink(attributes, below));
        }
        // What has the name of the link goes before the link is made.
        boolean replaced = parent == folder && last.equals(name);
        if (file == null || file instanceof DraftDirectory || replaced) {
            throw refused(entry);
        }
        LinkedFile linked = files.computeIfAbsent(file, added -> new LinkedFile(attributes));
        if (linked.names.isEmpty() && !(file instanceof LowerLink)) {
            linked.names.add(new Name(parent, last));
        }
        linked.names.add(new Name(folder, name));
        linked.attributes = attributes;
        folder.put(name, file);
    }

    private List<String> target(FileEntry entry) throws InvalidImageException {
        try {
            return PathResolver.resolveParent(root, entry.linkTarget()).names();
        } catch (ExecutorException e) {
            throw refused(entry);
        }
    }

    private static InvalidImageException refused(FileEntry entry) {
        return new InvalidImageException("the hard link " + entry.path() + " leads to " + entry.linkTarget()
                + ", which is not a file of its layer or of those below it; the image is faulty, use another one");
    }

    /** Gives files what their links say of them, under all names that they still have. */
    void settle() {
        files.forEach((file, linked) -> {
            Node settled = HardLinks.linked(file, linked.attributes);
            for (Name each : linked.names) {
                if (settled != file && each.folder.child(each.name).orElse(null) == file) {
                    each.folder.put(each.name, settled);
                }
            }
        });
    }
}
