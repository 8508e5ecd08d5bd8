package dev.slipway.local.image;

import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.layer.SpecialFile;
import dev.slipway.local.layer.SymbolicLink;
import dev.slipway.oci.layer.Attributes;

/** Files of a root as entries. A socket becomes an empty file, as in BuildKit. */
final class Entries {

    private Entries() {}

    static FileEntry of(String path, Node node) {
        if (node instanceof Directory directory) {
            return entry(path, EntryType.DIRECTORY, directory.attributes(), 0, "", 0, 0);
        }
        if (node instanceof RegularFile file) {
            return entry(path, EntryType.FILE, file.attributes(), file.content().size(), "", 0, 0);
        }
        if (node instanceof SymbolicLink link) {
            return entry(path, EntryType.SYMLINK, link.attributes().withMode(0777), 0, link.target(), 0, 0);
        }
        if (node instanceof SpecialFile special) {
            return entry(path, type(special), special.attributes(), 0, "", special.major(), special.minor());
        }
        throw new IllegalArgumentException("a root has no " + node);
    }

    /** One more name of a file. */
    static FileEntry hardLink(String path, RegularFile file, String target) {
        return entry(path, EntryType.HARD_LINK, file.attributes(), 0, target, 0, 0);
    }

    private static EntryType type(SpecialFile special) {
        return switch (special.kind()) {
            case CHARACTER_DEVICE -> EntryType.CHARACTER_DEVICE;
            case BLOCK_DEVICE -> EntryType.BLOCK_DEVICE;
            case FIFO -> EntryType.FIFO;
            case SOCKET -> EntryType.FILE;
        };
    }

    private static FileEntry entry(
            String path, EntryType type, Attributes attributes, long size, String target, long major, long minor) {
        return new FileEntry(
                path,
                type,
                attributes.mode(),
                attributes.uid(),
                attributes.gid(),
                size,
                attributes.modified(),
                target,
                major,
                minor,
                attributes.xattrs());
    }
}
