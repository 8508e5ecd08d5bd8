package dev.slipway.local.export;

import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.SpecialFile;
import dev.slipway.oci.disk.Privileges;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What of a root whoever runs this program can write to a folder. The rest is left out, and its paths are known. */
final class OrdinaryFiles {

    private static final int SHOWN = 10;

    private final Privileges privileges;
    private final List<String> devices = new ArrayList<>();
    private final List<String> attributes = new ArrayList<>();
    private final Directory root;

    OrdinaryFiles(Directory root, Privileges privileges) {
        this.privileges = privileges;
        this.root = filter(root, "/");
    }

    Directory root() {
        return root;
    }

    /** What is missing, each with what to do about it. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!devices.isEmpty()) {
            warnings.add("device files are left out, which only root can make: " + list(devices)
                    + "; run as root, or write an archive with type=tar");
        }
        if (!attributes.isEmpty()) {
            warnings.add("extended attributes, such as capabilities, are left out, which only root can set: "
                    + list(attributes) + "; run as root, or write an archive with type=tar");
        }
        return warnings;
    }

    private static String list(List<String> paths) {
        int more = paths.size() - SHOWN;
        return String.join(", ", paths.subList(0, Math.min(SHOWN, paths.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /** A folder in which nothing is left out is the same folder. */
    private Directory filter(Directory folder, String prefix) {
        TreeMap<String, Node> kept = new TreeMap<>();
        boolean changed = false;
        for (int i = 0; i < folder.size(); i++) {
            String path = prefix + folder.name(i);
            Node node = folder.node(i);
            if (!node.attributes().xattrs().keySet().stream().allMatch(privileges::allow)) {
                attributes.add(path);
            }
            if (node instanceof SpecialFile special && special.isDevice() && !privileges.devices()) {
                devices.add(path);
                changed = true;
            } else {
                Node whole = node instanceof Directory child ? filter(child, path + "/") : node;
                kept.put(folder.name(i), whole);
                changed |= whole != node;
            }
        }
        return changed ? Directory.of(folder.attributes(), kept) : folder;
    }
}
