package dev.slipway.local.store;

import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Whiteout;
import dev.slipway.oci.disk.Folders;
import dev.slipway.oci.posix.PathText;
import dev.slipway.oci.posix.Posix;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes from the upper folder of an overlay what its layer does not have: files that were copied up and stayed as they were, and
 * marks that hide all of a folder below. Equal layers share a tree whatever they lie upon, the most common one being that of a
 * step that changes nothing, and what is left over from one root would hide files of the next.
 */
final class TreeTrim {

    private static final String OPAQUE = "overlay.opaque";

    private TreeTrim() {}

    /** Makes a tree the layer that was read from it. */
    static void trim(Directory layer, Path folder) throws IOException {
        BasicFileAttributeView view =
                Files.getFileAttributeView(folder, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        FileTime modified = view.readAttributes().lastModifiedTime();
        List<Path> leftOver = new ArrayList<>();
        Set<String> found = new HashSet<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                String name = PathText.nameOf(child);
                found.add(name);
                if (layer.child(name).isEmpty()) {
                    leftOver.add(child);
                }
            }
        }
        for (Path path : leftOver) {
            Folders.delete(path);
        }
        for (int i = 0; i < layer.size(); i++) {
            Path child = PathText.resolve(folder, layer.name(i));
            if (layer.node(i) instanceof Directory directory) {
                trim(directory, child);
            } else if (layer.node(i) == Whiteout.INSTANCE && !found.contains(layer.name(i))) {
                // An opaque folder hides it without naming it.
                Posix.get().makeNode(child, Posix.CHARACTER_DEVICE, 0, 0);
            }
        }
        for (String name : Posix.get().xattrs(folder)) {
            if (name.equals("trusted." + OPAQUE) || name.equals("user." + OPAQUE)) {
                Posix.get().removeXattr(folder, name);
            }
        }
        view.setTimes(modified, null, null);
    }
}
