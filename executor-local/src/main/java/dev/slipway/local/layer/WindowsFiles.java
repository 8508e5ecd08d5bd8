package dev.slipway.local.layer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Layers of images for Windows, whose archives hold the files of drive C: in a folder {@code Files}, beside the registry and
 * other things that only Windows can use. As in BuildKit on Linux, {@code Files} is the root for all that looks into such a
 * layer, and names are what they are: {@code a} is another file than {@code A}.
 */
public final class WindowsFiles {

    private static final String FILES = "Files";
    private static final String PREFIX = FILES + "/";
    private static final String REGISTRY = "Hives";

    private WindowsFiles() {}

    /**
     * The files of a layer as it came in an image for Windows. One that has neither files nor registry there is none that Windows
     * could use, such as those of images from scratch: it is what it is.
     */
    public static Directory of(Directory layer) {
        Optional<Node> files = layer.child(FILES);
        if (files.isPresent()) {
            return files.get() instanceof Directory drive ? root(drive) : nothing();
        }
        return layer.child(REGISTRY).isPresent() ? nothing() : layer;
    }

    /** What a layer says of the drive itself is passed over, as in BuildKit. */
    private static Directory root(Directory drive) {
        return unprefixed(drive).implicit();
    }

    private static Directory nothing() {
        return Directory.ofLayer(Optional.empty(), new TreeMap<>());
    }

    /** A folder in which no link begins at {@code Files} is the same folder. */
    private static Directory unprefixed(Directory folder) {
        List<Node> nodes = new ArrayList<>();
        boolean changed = false;
        for (int i = 0; i < folder.size(); i++) {
            Node before = folder.node(i);
            Node after = unprefixed(before);
            nodes.add(after);
            changed |= after != before;
        }
        return changed ? folder.withNodes(nodes) : folder;
    }

    /** BuildKit begins the targets of links with {@code Files/}, of symbolic ones too, and takes it away again. */
    private static Node unprefixed(Node node) {
        if (node instanceof Directory folder) {
            return unprefixed(folder);
        }
        if (node instanceof SymbolicLink link && link.target().startsWith(PREFIX)) {
            return new SymbolicLink(link.attributes(), link.target().substring(PREFIX.length()));
        }
        if (node instanceof LowerLink link && link.target().startsWith(PREFIX)) {
            return new LowerLink(link.attributes(), link.target().substring(PREFIX.length()));
        }
        return node;
    }

    /** When the newest file of a layer was changed: the time of what a layer for Windows has besides. */
    public static Instant newest(Directory layer) {
        Instant newest = layer.isImplicit() ? Instant.EPOCH : layer.attributes().modified();
        for (int i = 0; i < layer.size(); i++) {
            Node node = layer.node(i);
            Instant time = node instanceof Directory folder
                    ? newest(folder)
                    : node.attributes().modified();
            newest = time.isAfter(newest) ? time : newest;
        }
        return newest;
    }
}
