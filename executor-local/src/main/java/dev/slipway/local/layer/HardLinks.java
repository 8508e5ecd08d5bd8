package dev.slipway.local.layer;

import dev.slipway.llb.Bytes;
import dev.slipway.oci.layer.Attributes;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an entry of a hard link does to the file that it leads to. */
public final class HardLinks {

    private HardLinks() {}

    /**
     * A file after a link to it was unpacked: owner, mode and time of the link hold for it, as in containerd. Of its extended
     * attributes it loses what it may do as a program, which the system takes away from a file that is given to somebody.
     *
     * @param file no folder
     * @param link what the entry of the link says
     * @return the same object if that changes nothing
     */
    public static Node linked(Node file, Attributes link) {
        Attributes before = file.attributes();
        SortedMap<String, Bytes> xattrs = new TreeMap<>(before.xattrs());
        xattrs.remove(Attributes.CAPABILITY);
        xattrs.putAll(link.xattrs());
        Attributes after = link.withXattrs(xattrs);
        if (after.equals(before)) {
            return file;
        }
        if (file instanceof RegularFile regular) {
            return new RegularFile(after, regular.content());
        }
        if (file instanceof SymbolicLink symbolic) {
            return new SymbolicLink(after, symbolic.target());
        }
        if (file instanceof SpecialFile special) {
            return special.with(after);
        }
        if (file instanceof LowerLink lower) {
            return new LowerLink(after, lower.target());
        }
        throw new IllegalArgumentException("only a file can have a hard link");
    }
}
