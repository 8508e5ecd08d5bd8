package dev.slipway.local.store;

import dev.slipway.local.layer.Content;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.oci.disk.FileStatus;
import dev.slipway.oci.disk.OwnFiles;
import dev.slipway.oci.posix.IdMap;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Files of a tree that can be read in a user namespace, but not by the user outside whose namespace it is: what belongs to
 * others and is for them alone. The rest of this program runs as that user, and reads files too.
 */
final class HiddenFiles {

    private static final int READ = 4;
    private static final int ENTER = 1;

    private final SortedMap<Long, Path> files = new TreeMap<>();
    private boolean found;

    private HiddenFiles() {}

    /** The files of a tree, as far as the layer keeps their bytes. */
    static HiddenFiles of(Directory layer, Path tree) throws IOException {
        HiddenFiles files = new HiddenFiles();
        if (!IdMap.current().isInitial()) {
            files.look(layer, tree, true);
        }
        return files;
    }

    /** Whether there are any. */
    boolean exist() {
        return found;
    }

    private void look(Directory layer, Path folder, boolean visible) throws IOException {
        boolean open = visible && allows(FileStatus.of(folder), ENTER);
        for (int i = 0; i < layer.size(); i++) {
            Path path = folder.resolve(layer.name(i));
            Node node = layer.node(i);
            if (node instanceof Directory child) {
                look(child, path, open);
            } else if (node instanceof RegularFile file && isKept(file.content())) {
                files.put(file.content().offset(), path);
                FileStatus status = FileStatus.of(path);
                // Whoever owns a file can let himself read it.
                found |= !open || status.uid() != 0 && !allows(status, READ);
            }
        }
    }

    private static boolean isKept(Content content) {
        return content.size() > 0 && content.home().isEmpty();
    }

    /** Root here is the user outside, and root's group is his. */
    private static boolean allows(FileStatus status, int right) {
        int shift = status.uid() == 0 ? 6 : status.gid() == 0 ? 3 : 0;
        return (status.mode() >> shift & right) != 0;
    }

    /** Writes the bytes of all files to where they are in a contents file. Of files that the layer left out there is a hole. */
    void copyAll(Path target) throws IOException {
        try (FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (var file : files.entrySet()) {
                out.position(file.getKey());
                try (FileChannel in = OwnFiles.open(file.getValue())) {
                    Channels.newInputStream(in).transferTo(Channels.newOutputStream(out));
                }
            }
        }
    }
}
