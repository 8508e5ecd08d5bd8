package dev.slipway.local.file;

/**
 * An owner by numbers.
 *
 * @param uid the user
 * @param gid the group
 */
record OwnerIds(long uid, long gid) {

    static final OwnerIds ROOT = new OwnerIds(0, 0);
}
