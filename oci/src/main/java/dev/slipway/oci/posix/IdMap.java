package dev.slipway.oci.posix;

import dev.slipway.executor.ExecutorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The users and groups that exist for this process. A user namespace may have only a few, and the kernel refuses all others.
 *
 * @param isInitial whether this is the machine's own namespace
 * @param users user ids
 * @param groups group ids
 * @param groupsMayBeSet whether a process with the right to do so may choose its supplementary groups
 */
public record IdMap(boolean isInitial, List<Range> users, List<Range> groups, boolean groupsMayBeSet) {

    private static final Path SELF = Path.of("/proc/self");

    /** The kernel gives the machine's own namespace the same number everywhere. */
    private static final String INITIAL = "user:[4026531837]";

    private static final List<Range> EVERYBODY = List.of(new Range(0, 0xffffffffL));

    public IdMap {
        users = List.copyOf(users);
        groups = List.copyOf(groups);
    }

    /** Consecutive ids. */
    public record Range(long first, long count) {

        boolean contains(long id) {
            return id >= first && id < first + count;
        }
    }

    private static final class Own {

        private static final IdMap INSTANCE = read();

        private Own() {}
    }

    /** The map of this process. */
    public static IdMap current() {
        return Own.INSTANCE;
    }

    private static IdMap read() {
        try {
            return new IdMap(
                    Files.readSymbolicLink(SELF.resolve("ns/user")).toString().equals(INITIAL),
                    parse(Files.readString(SELF.resolve("uid_map"))),
                    parse(Files.readString(SELF.resolve("gid_map"))),
                    !Files.readString(SELF.resolve("setgroups")).strip().equals("deny"));
        } catch (NoSuchFileException e) {
            return new IdMap(true, EVERYBODY, EVERYBODY, true); // The kernel has no user namespaces.
        } catch (IOException e) {
            throw new ExecutorException("cannot read " + SELF + ": " + e.getMessage(), e);
        }
    }

    /** Lines of three numbers: the first id here, the same id outside, and the number of ids. */
    static List<Range> parse(String text) {
        return text.lines()
                .map(line -> line.strip().split("\\s+"))
                .map(fields -> new Range(Long.parseLong(fields[0]), Long.parseLong(fields[2])))
                .toList();
    }

    /** Whether there is such a user, given as 32 bits. */
    public boolean hasUser(int uid) {
        return contains(users, uid);
    }

    /** Whether there is such a group, given as 32 bits. */
    public boolean hasGroup(int gid) {
        return contains(groups, gid);
    }

    private static boolean contains(List<Range> ranges, int id) {
        return ranges.stream().anyMatch(range -> range.contains(Integer.toUnsignedLong(id)));
    }

    /** The {@code uid_map} of a namespace with the same users as this one. */
    public String sameUsers() {
        return same(users);
    }

    /** The {@code gid_map} of a namespace with the same groups as this one. */
    public String sameGroups() {
        return same(groups);
    }

    private static String same(List<Range> ranges) {
        return ranges.stream()
                .map(range -> range.first() + " " + range.first() + " " + range.count())
                .collect(Collectors.joining("\n"));
    }
}
