package dev.slipway.local.file;

import dev.slipway.oci.layer.Attributes;

/**
 * An owner by numbers.
 *
 * @param uid the user, or {@link #UNCHANGED}
 * @param gid the group, or {@link #UNCHANGED}
 */
record OwnerIds(long uid, long gid) {

    /** What chown takes for nobody: -1 in 32 bits. Something new belongs then to whom it belongs by being made. */
    static final long UNCHANGED = 0xFFFF_FFFFL;

    static final OwnerIds ROOT = new OwnerIds(0, 0);

    static final OwnerIds NOT_GIVEN = new OwnerIds(UNCHANGED, UNCHANGED);

    private static final int SET_GROUP = 02000;

    /** Whose something is that root makes in this folder: in one that hands on its group, of that. */
    static OwnerIds madeIn(Attributes folder) {
        return new OwnerIds(0, handsOnGroup(folder) ? folder.gid() : 0);
    }

    /** Whether what is made in a folder gets its group, and new folders this habit. */
    static boolean handsOnGroup(Attributes folder) {
        return (folder.mode() & SET_GROUP) != 0;
    }

    /** The mode of a folder that is made with a mode in this folder. */
    static int modeIn(Attributes folder, int mode) {
        return handsOnGroup(folder) ? mode | SET_GROUP : mode;
    }

    /** Whose a file of this owner is after it was given to this one. */
    OwnerIds after(OwnerIds before) {
        return new OwnerIds(uid == UNCHANGED ? before.uid : uid, gid == UNCHANGED ? before.gid : gid);
    }

    static OwnerIds of(Attributes attributes) {
        return new OwnerIds(attributes.uid(), attributes.gid());
    }
}
