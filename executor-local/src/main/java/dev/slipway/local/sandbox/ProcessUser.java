package dev.slipway.local.sandbox;

import java.util.List;
import java.util.stream.Stream;

/**
 * Whom a process runs as.
 *
 * @param uid the user
 * @param gid the group
 * @param groups supplementary groups, without the group itself
 */
public record ProcessUser(int uid, int gid, List<Integer> groups) {

    static final ProcessUser ROOT = new ProcessUser(0, 0, List.of());

    public ProcessUser {
        groups = List.copyOf(groups);
    }

    /** The same user with further groups. */
    public ProcessUser with(List<Integer> others) {
        return others.isEmpty()
                ? this
                : new ProcessUser(
                        uid,
                        gid,
                        Stream.concat(groups.stream(), others.stream().filter(group -> group != 0))
                                .distinct()
                                .toList());
    }

    /** The group itself counts as a supplementary one too: a program that is setgid must not lose it. */
    public int[] allGroups() {
        return Stream.concat(Stream.of(gid), groups.stream())
                .distinct()
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
