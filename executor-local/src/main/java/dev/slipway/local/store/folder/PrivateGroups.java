package dev.slipway.local.store.folder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/**
 * Groups with nobody in them but those who may write anyway. Many distributions give each user a group of his own, and let its
 * members write to whatever he makes.
 */
final class PrivateGroups {

    private final List<String> users;
    private final List<String> groups;

    PrivateGroups(List<String> users, List<String> groups) {
        this.users = List.copyOf(users);
        this.groups = List.copyOf(groups);
    }

    /** Those of this machine. */
    static PrivateGroups ofMachine() throws IOException {
        return new PrivateGroups(lines("/etc/passwd"), lines("/etc/group"));
    }

    private static List<String> lines(String file) throws IOException {
        // Names need not be UTF-8.
        return Files.readAllLines(Path.of(file), StandardCharsets.ISO_8859_1);
    }

    /** Whether all members of a group are known, and each of them is trusted. */
    boolean haveOnly(long gid, LongPredicate trusted) {
        Set<String> members = new HashSet<>();
        boolean known = false;
        for (String[] group : fields(groups, 3)) {
            if (number(group[2]).equals(OptionalLong.of(gid))) {
                known = true;
                if (group.length > 3) {
                    members.addAll(List.of(group[3].split(",")));
                }
            }
        }
        members.remove("");
        for (String[] user : fields(users, 4)) {
            boolean isMember = members.remove(user[0]) || number(user[3]).equals(OptionalLong.of(gid));
            OptionalLong uid = number(user[2]);
            if (isMember && (uid.isEmpty() || !trusted.test(uid.getAsLong()))) {
                return false;
            }
        }
        return known && members.isEmpty();
    }

    private static List<String[]> fields(List<String> lines, int least) {
        return lines.stream()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length >= least)
                .toList();
    }

    private static OptionalLong number(String text) {
        return Stream.of(text)
                .filter(field -> field.matches("[0-9]{1,10}"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }
}
