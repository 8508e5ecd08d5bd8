package dev.slipway.local.exec;

import static java.util.Objects.requireNonNull;

import dev.slipway.local.layer.Directory;
import dev.slipway.local.store.CopiedTree;
import dev.slipway.oci.disk.Folders;
import dev.slipway.oci.disk.Privileges;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The copied trees of the last steps that have ended well. Mostly the next step begins with what the last one has left: it takes
 * over the tree, so that nothing is copied. A tree is only ever with one of both.
 */
final class LeftTrees implements AutoCloseable {

    /** Enough for a build for several platforms; each takes as much room as a root. */
    private static final int MOST = 4;

    private final Map<Key, Path> trees = new LinkedHashMap<>();

    private record Key(String root, Privileges privileges) {}

    /**
     * A tree that somebody has left.
     *
     * @param id of the root that it has to be
     * @param root what is in that
     * @param privileges what its files have to be like
     */
    Optional<CopiedTree> take(String id, Directory root, Privileges privileges) throws IOException {
        Optional<Path> folder = remove(new Key(id, privileges));
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(CopiedTree.existing(root, folder.get(), privileges));
        } catch (IOException e) {
            // Somebody was there: it is copied anew.
            Folders.delete(requireNonNull(folder.get().getParent()));
            return Optional.empty();
        }
    }

    private synchronized Optional<Path> remove(Key key) {
        return Optional.ofNullable(trees.remove(key));
    }

    /**
     * Leaves a tree.
     *
     * @param id of the root that it has become
     */
    void leave(String id, CopiedTree tree) throws IOException {
        Optional<Path> superfluous;
        synchronized (this) {
            Path other = trees.put(new Key(id, tree.privileges()), tree.folder());
            superfluous = Optional.ofNullable(other);
            if (trees.size() > MOST) {
                Key oldest = trees.keySet().iterator().next();
                superfluous = remove(oldest);
            }
        }
        if (superfluous.isPresent()) {
            Folders.delete(requireNonNull(superfluous.get().getParent()));
        }
    }

    /** Removes what was left. */
    @Override
    public synchronized void close() {
        try {
            for (Path tree : trees.values()) {
                Folders.delete(requireNonNull(tree.getParent()));
            }
        } catch (IOException e) {
            // It goes with the folder for what is written aside.
        }
        trees.clear();
    }
}
