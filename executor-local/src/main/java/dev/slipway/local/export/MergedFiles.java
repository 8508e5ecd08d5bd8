package dev.slipway.local.export;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Node;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of several platforms in one root, which no two of them may have in common. */
final class MergedFiles {

    private final TreeMap<String, String> owners = new TreeMap<>();

    private MergedFiles() {}

    /**
     * Merges roots. A folder that several have is like that of the first.
     *
     * @param roots by platform, in the order in which they were asked for
     * @throws ExecutorException if a path is a file in two of them
     */
    static Directory of(Map<String, Directory> roots) {
        MergedFiles merged = new MergedFiles();
        Directory all = null;
        for (Map.Entry<String, Directory> root : roots.entrySet()) {
            all = all == null ? root.getValue() : merged.merge(all, root.getValue(), "/", root.getKey());
            merged.note(root.getValue(), "/", root.getKey());
        }
        return all == null ? Directory.EMPTY : all;
    }

    private void note(Directory folder, String prefix, String platform) {
        for (int i = 0; i < folder.size(); i++) {
            String path = prefix + folder.name(i);
            owners.putIfAbsent(path, platform);
            if (folder.node(i) instanceof Directory child) {
                note(child, path + "/", platform);
            }
        }
    }

    private Directory merge(Directory first, Directory second, String prefix, String platform) {
        SortedMap<String, Node> children = new TreeMap<>();
        for (int i = 0; i < first.size(); i++) {
            children.put(first.name(i), first.node(i));
        }
        for (int i = 0; i < second.size(); i++) {
            String name = second.name(i);
            Node there = children.get(name);
            Node node = second.node(i);
            if (there instanceof Directory one && node instanceof Directory other) {
                children.put(name, merge(one, other, prefix + name + "/", platform));
            } else if (there == null) {
                children.put(name, node);
            } else {
                throw new ExecutorException(
                        "platform-split=false: both " + owners.get(prefix + name) + " and " + platform + " have "
                                + prefix + name + "; leave platform-split out, or give the files names of their own");
            }
        }
        return Directory.of(first.attributes(), children);
    }
}
