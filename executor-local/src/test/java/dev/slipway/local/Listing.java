package dev.slipway.local;

import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.layer.SpecialFile;
import dev.slipway.local.layer.SymbolicLink;
import dev.slipway.local.layer.Whiteout;
import dev.slipway.local.store.ContentReader;
import dev.slipway.local.store.Store;
import dev.slipway.oci.layer.Attributes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tree as lines: path, mode and owner if it is not root, then the content of a file, the target of a link, or what else it is.
 * Folders end in a slash, those that a layer does not describe have no mode.
 */
public final class Listing {

    private final Store store;
    private final List<String> lines = new ArrayList<>();
    private final Map<RegularFile, String> names = new IdentityHashMap<>();

    private Listing(Store store) {
        this.store = store;
    }

    public static List<String> of(Directory root, Store store) throws IOException, InterruptedException {
        Listing listing = new Listing(store);
        listing.children(root, "");
        return listing.lines;
    }

    private void children(Directory directory, String prefix) throws IOException, InterruptedException {
        for (int i = 0; i < directory.size(); i++) {
            Node node = directory.node(i);
            String path = prefix + directory.name(i);
            if (node instanceof Directory child) {
                lines.add(path + "/" + (child.isImplicit() ? "" : attributes(child))
                        + (child.isOpaque() ? " opaque" : ""));
                children(child, path + "/");
            } else {
                lines.add(path + describe(path, node));
            }
        }
    }

    private String describe(String path, Node node) throws IOException, InterruptedException {
        if (node == Whiteout.INSTANCE) {
            return " gone";
        }
        if (node instanceof SymbolicLink link) {
            return owner(link.attributes()) + " -> " + link.target();
        }
        if (node instanceof SpecialFile special) {
            return attributes(special) + " " + special.kind() + " " + special.major() + ":" + special.minor();
        }
        RegularFile file = (RegularFile) node;
        String first = names.putIfAbsent(file, path);
        return first != null ? " = " + first : attributes(file) + " " + content(file);
    }

    private String content(RegularFile file) throws IOException, InterruptedException {
        if (file.content().size() > 100) {
            return file.content().size() + " bytes";
        }
        try (ContentReader reader = store.contents().reader();
                InputStream in = reader.open(file.content())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\n", "|");
        }
    }

    private static String attributes(Node node) {
        return " " + Integer.toOctalString(node.attributes().mode()) + owner(node.attributes());
    }

    private static String owner(Attributes attributes) {
        return attributes.uid() == 0 && attributes.gid() == 0 ? "" : " " + attributes.uid() + ":" + attributes.gid();
    }
}
