package dev.slipway.local.file;

import dev.slipway.executor.ExecutorException;
import dev.slipway.llb.FileAction.Remove;
import dev.slipway.local.layer.DraftDirectory;
import dev.slipway.local.layer.PathResolver;
import dev.slipway.local.layer.PathResolver.Place;
import dev.slipway.local.layer.Wildcards;
import java.util.List;

/** Removes files and folders. */
final class RemoveAction {

    private RemoveAction() {}

    static void run(Remove action, DraftDirectory root) {
        List<String> paths =
                action.allowWildcard() ? Wildcards.resolve(root, action.path(), false) : List.of(action.path());
        for (String path : paths) {
            remove(path, action.allowNotFound(), root);
        }
    }

    /** Links in the path are followed, but for one at its end, which is removed itself. */
    private static void remove(String path, boolean allowNotFound, DraftDirectory root) {
        Place place = PathResolver.resolveParent(root, path);
        if (place.names().isEmpty()) {
            throw new ExecutorException("the root of a file system cannot be removed");
        }
        if (place.node().isEmpty()) {
            if (!allowNotFound) {
                throw new ExecutorException("stat " + place.path() + ": no such file or directory; check the path");
            }
            return;
        }
        List<String> names = place.names();
        DraftDirectory folder = root;
        for (String name : names.subList(0, names.size() - 1)) {
            folder = folder.folder(name).orElseThrow();
        }
        folder.remove(names.get(names.size() - 1));
    }
}
