package dev.slipway.oci.layer;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Bytes;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The attributes of a file, which every type of file has.
 *
 * @param mode permission bits with set-user-id, set-group-id and sticky bit: at most 07777
 * @param uid number of the owner, unsigned 32 bits
 * @param gid number of the group, unsigned 32 bits
 * @param modified when the content was changed
 * @param xattrs extended attributes by full name
 */
public record Attributes(int mode, long uid, long gid, Instant modified, SortedMap<String, Bytes> xattrs) {

    /** The attribute that gives capabilities to a program: the only one that layers of BuildKit keep. */
    public static final String CAPABILITY = "security.capability";

    /** The attributes of a folder that is not in the layer. */
    public static final Attributes DEFAULT_FOLDER = of(0755);

    public Attributes {
        requireNonNull(modified, "modified is null");
        xattrs = xattrs.isEmpty()
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(xattrs));
    }

    /** Root's, changed at time 0. */
    public static Attributes of(int mode) {
        return new Attributes(mode, 0, 0, Instant.EPOCH, Collections.emptySortedMap());
    }

    /** Those of an entry of a layer, or of a file of an image. */
    public static Attributes of(FileEntry entry) {
        return new Attributes(entry.mode(), entry.uid(), entry.gid(), entry.modified(), entry.xattrs());
    }

    /** The same with these permission bits. */
    public Attributes withMode(int other) {
        return new Attributes(other, uid, gid, modified, xattrs);
    }

    /** The same with another owner. */
    public Attributes withOwner(long otherUid, long otherGid) {
        return new Attributes(mode, otherUid, otherGid, modified, xattrs);
    }

    /** The same, changed at another time. */
    public Attributes withModified(Instant other) {
        return new Attributes(mode, uid, gid, other, xattrs);
    }

    /** The same with these extended attributes. */
    public Attributes withXattrs(SortedMap<String, Bytes> other) {
        return new Attributes(mode, uid, gid, modified, other);
    }

    /** The same with these extended attributes added, unless it has them already. */
    public Attributes withAdded(SortedMap<String, Bytes> others) {
        SortedMap<String, Bytes> all = new TreeMap<>(others);
        all.putAll(xattrs);
        return withXattrs(all);
    }

    /** Whether an extended attribute describes the file and not the system that it is on, as in BuildKit. */
    public static boolean isOfFile(String xattr) {
        return xattr.equals(CAPABILITY) || !(xattr.startsWith("security.") || xattr.startsWith("system."));
    }

    /**
     * Whether a folder with these attributes instead of the others counts as unchanged: times do not matter. BuildKit compares
     * capabilities alone, and hides what else was changed from whoever gets the image, but not from later steps.
     */
    public boolean sameFolder(Attributes other) {
        return mode == other.mode
                && uid == other.uid
                && gid == other.gid
                && xattrsOfFile().equals(other.xattrsOfFile());
    }

    private SortedMap<String, Bytes> xattrsOfFile() {
        if (xattrs.isEmpty()) {
            return xattrs;
        }
        SortedMap<String, Bytes> own = new TreeMap<>(xattrs);
        own.keySet().removeIf(name -> !isOfFile(name));
        return own;
    }

    /** Whether a file with these attributes instead of the others counts as unchanged if its content is. */
    public boolean sameFile(Attributes other) {
        return sameFolder(other) && modified.equals(other.modified);
    }
}
