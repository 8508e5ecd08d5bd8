package dev.slipway.local.layer;

import dev.slipway.executor.text.Utf8Order;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Device files of a root. */
public final class Devices {

    private Devices() {}

    /**
     * The same root without them. Parts that hold none are the same nodes as before.
     *
     * @param left to which the path of each is added, such as {@code /dev/sda}
     */
    public static Directory without(Directory root, List<String> left) {
        return without(root, "", left);
    }

    private static Directory without(Directory directory, String path, List<String> left) {
        if (!directory.hasDevices()) {
            return directory;
        }
        SortedMap<String, Node> kept = new TreeMap<>(Utf8Order.INSTANCE);
        for (int i = 0; i < directory.size(); i++) {
            String name = directory.name(i);
            Node node = directory.node(i);
            if (node instanceof SpecialFile special && special.isDevice()) {
                left.add(path + "/" + name);
            } else {
                kept.put(name, node instanceof Directory child ? without(child, path + "/" + name, left) : node);
            }
        }
        return Directory.of(directory.attributes(), kept);
    }
}
