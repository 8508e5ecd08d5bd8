package dev.slipway.local.file;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.layer.DraftDirectory;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.PathResolver;
import dev.slipway.oci.layer.Attributes;
import java.util.List;
import java.util.Optional;

/** Makes the folders that a path needs. */
final class TargetFolders {

    private TargetFolders() {}

    /**
     * The folder at a path, with all links followed; it and what is missing above it is made.
     *
     * @param attributes what is made is to be like
     * @throws ExecutorException if something on the way is not a folder
     */
    static DraftDirectory make(DraftDirectory root, String path, Attributes attributes) {
        return make(root, PathResolver.resolve(root, path).names(), attributes);
    }

    /** The folder at a path without links. */
    static DraftDirectory make(DraftDirectory root, List<String> names, Attributes attributes) {
        DraftDirectory folder = root;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Optional<Node> there = folder.child(name);
            if (there.isEmpty()) {
                Attributes made = Surroundings.in(folder, attributes);
                folder = folder.makeFolder(name, made.withMode(OwnerIds.modeIn(folder.attributes(), made.mode())));
            } else if (there.get() instanceof DraftDirectory draft) {
                folder = draft;
            } else {
                throw new ExecutorException("mkdir /" + String.join("/", names.subList(0, i + 1))
                        + ": not a directory; choose another path, or remove what is there in an earlier RUN");
            }
        }
        return folder;
    }
}
