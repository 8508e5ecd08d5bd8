package dev.slipway.local.image;

import dev.slipway.executor.image.FileEntry;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.RegularFile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;

/** Walks a tree: a folder before what is in it, names in order. */
final class TreeWalk implements Iterator<FileEntry> {

    private final Deque<Level> levels = new ArrayDeque<>();
    private final Map<RegularFile, String> names = new IdentityHashMap<>();

    TreeWalk(Directory root) {
        enter(root, "");
    }

    /** A folder with where the walk stands in it. */
    private static final class Level {

        private final Directory folder;
        private final String prefix;
        private int next;

        private Level(Directory folder, String prefix) {
            this.folder = folder;
            this.prefix = prefix;
        }
    }

    private void enter(Directory folder, String prefix) {
        if (folder.size() > 0) {
            levels.push(new Level(folder, prefix));
        }
    }

    @Override
    public boolean hasNext() {
        return !levels.isEmpty();
    }

    @Override
    public FileEntry next() {
        Level level = levels.peek();
        if (level == null) {
            throw new NoSuchElementException();
        }
        String path = level.prefix + level.folder.name(level.next);
        Node node = level.folder.node(level.next);
        level.next++;
        if (level.next == level.folder.size()) {
            levels.pop();
        }
        if (node instanceof Directory folder) {
            enter(folder, path + "/");
        }
        if (node instanceof RegularFile file) {
            String first = names.putIfAbsent(file, path);
            if (first != null) {
                return Entries.hardLink(path, file, first);
            }
        }
        return Entries.of(path, node);
    }
}
