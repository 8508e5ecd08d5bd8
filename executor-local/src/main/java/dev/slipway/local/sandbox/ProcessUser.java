package dev.slipway.local.sandbox;

import java.util.List;

/**
 * Whom a process runs as.
 *
 * @param uid the user
 * @param gid the group
 * @param groups supplementary groups, without the group itself
 */
record ProcessUser(int uid, int gid, List<Integer> groups) {

    static final ProcessUser ROOT = new ProcessUser(0, 0, List.of());

    ProcessUser {
        groups = List.copyOf(groups);
    }
}
