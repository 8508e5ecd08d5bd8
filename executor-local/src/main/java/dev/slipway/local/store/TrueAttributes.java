package dev.slipway.local.store;

import dev.slipway.llb.Bytes;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.SpecialFile;
import dev.slipway.oci.disk.Privileges;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.posix.IdMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * What the files of a tree are like in truth, where the one who wrote it lacked privileges: what was there before a step has the
 * owner and the attributes that it had, and what is new belongs to whom the step ran as.
 *
 * @param privileges what the one could do who wrote the tree
 * @param uid owner of what is new
 * @param gid group of what is new
 */
public record TrueAttributes(Privileges privileges, long uid, long gid) {

    private static final IdMap IDS = IdMap.current();

    /** For a tree whose files can be anything. */
    public static final TrueAttributes AS_FOUND = new TrueAttributes(Privileges.ALL, 0, 0);

    /** For what root does. */
    public static TrueAttributes of(Privileges privileges) {
        return new TrueAttributes(privileges, 0, 0);
    }

    /**
     * The attributes that a file has.
     *
     * @param found those that the tree has
     * @param before what it was before the step
     */
    Attributes of(Attributes found, Optional<Node> before) {
        Attributes attributes = before.map(Node::attributes)
                .map(known -> found.withOwner(
                        known(found.uid(), known.uid(), IDS::hasUser), known(found.gid(), known.gid(), IDS::hasGroup)))
                .orElse(privileges.owners() ? found : found.withOwner(uid, gid));
        if (!privileges.xattrs() && before.isPresent()) {
            attributes = attributes.withXattrs(
                    xattrs(found.xattrs(), before.get().attributes().xattrs()));
        }
        return attributes;
    }

    /** An owner that the file could not be given is still the true one as long as it was given to nobody else. */
    private long known(long found, long before, IntPredicate exists) {
        boolean cannotBe = !privileges.owners() || found == 0 && !exists.test((int) before);
        return cannotBe ? before : found;
    }

    /** What could be set is as the file has it, or has it no more; the rest is as it was. */
    private SortedMap<String, Bytes> xattrs(SortedMap<String, Bytes> found, SortedMap<String, Bytes> before) {
        SortedMap<String, Bytes> xattrs = new TreeMap<>(found);
        before.forEach((name, value) -> {
            if (!privileges.allow(name)) {
                xattrs.put(name, value);
            }
        });
        return xattrs;
    }

    /** The device that a regular file stands for. */
    Optional<SpecialFile> device(Optional<Node> before) {
        return before.filter(SpecialFile.class::isInstance)
                .map(SpecialFile.class::cast)
                .filter(special -> special.isDevice() && !privileges.devices());
    }
}
