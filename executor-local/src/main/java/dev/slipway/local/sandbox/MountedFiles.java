package dev.slipway.local.sandbox;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files of a root with what has been mounted in it so far. */
public final class MountedFiles implements RootFiles {

    private static final Entry FOLDER = new Entry(Kind.FOLDER, 0, "");

    private final RootFiles root;
    private final Map<String, RootFiles> mounts = new TreeMap<>();

    public MountedFiles(RootFiles root) {
        this.root = root;
    }

    /** Puts files at a path, which has no links in it. */
    public void mount(String path, RootFiles files) {
        mounts.put(path, files);
    }

    @Override
    public Optional<Entry> find(String path) {
        if (mounts.containsKey(path)) {
            return Optional.of(FOLDER);
        }
        for (String parent = path; parent.lastIndexOf('/') > 0; ) {
            parent = parent.substring(0, parent.lastIndexOf('/'));
            RootFiles mounted = mounts.get(parent);
            if (mounted != null) {
                return mounted.find(path.substring(parent.length()));
            }
        }
        return root.find(path);
    }
}
