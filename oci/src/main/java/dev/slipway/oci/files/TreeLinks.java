package dev.slipway.oci.files;

import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.text.SlashPath;
import dev.slipway.oci.InvalidImageException;
import java.util.Map;
import java.util.Optional;

/** Finds where an entry of a layer lands: folders in its path may be links of a lower layer. */
final class TreeLinks {

    /** As in BuildKit. */
    private static final int MAX_LINKS = 255;

    private final Map<String, TreeFile> files;

    /** The last folder that was resolved, and the result: most entries are in the same folder as the one before. */
    private String folder = "";

    private String folderPlace = "";

    TreeLinks(Map<String, TreeFile> files) {
        this.files = files;
    }

    /** Notes that the tree has changed. */
    void changed(EntryType type) {
        if (type != EntryType.FILE) {
            folder = "";
            folderPlace = "";
        }
    }

    /** The path of an entry with all links resolved but a link at its end. */
    String place(String path) throws InvalidImageException {
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            return path;
        }
        String parent = path.substring(0, slash);
        if (!parent.equals(folder)) {
            folderPlace = follow(parent, path);
            folder = parent;
        }
        return folderPlace.isEmpty() ? path.substring(slash + 1) : folderPlace + path.substring(slash);
    }

    private String follow(String parent, String path) throws InvalidImageException {
        String place = "";
        String rest = parent;
        int links = 0;
        while (!rest.isEmpty()) {
            int slash = rest.indexOf('/');
            String name = slash < 0 ? rest : rest.substring(0, slash);
            String here = place.isEmpty() ? name : place + "/" + name;
            rest = slash < 0 ? "" : rest.substring(slash + 1);
            Optional<String> target = link(here);
            if (target.isEmpty()) {
                place = here;
                continue;
            }
            if (++links > MAX_LINKS) {
                throw new InvalidImageException(path + " in a layer: too many links");
            }
            // ".." ends at the root. The rest is resolved from there again, because it may be a link, too.
            String from = SlashPath.isAbsolute(target.get()) ? "/" : "/" + place + "/";
            rest = SlashPath.clean(from + target.get() + "/" + rest).substring(1);
            place = "";
        }
        return place;
    }

    private Optional<String> link(String path) {
        TreeFile file = files.get(path);
        return file != null && file.entry().type() == EntryType.SYMLINK
                ? Optional.of(file.entry().linkTarget())
                : Optional.empty();
    }
}
