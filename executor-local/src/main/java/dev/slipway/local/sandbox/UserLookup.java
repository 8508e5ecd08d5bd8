package dev.slipway.local.sandbox;

import dev.slipway.executor.ExecutorException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds the user and groups of a process in a root's own {@code /etc/passwd} and {@code /etc/group}, as BuildKit does. */
public final class UserLookup {

    private static final long MAX_SIZE = 10 << 20;
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+");

    private final RootFiles files;

    public UserLookup(RootFiles files) {
        this.files = files;
    }

    /**
     * Finds whom a process runs as.
     *
     * @param text {@code user}, {@code user:group}, each a name or number; empty for root
     * @throws ExecutorException if there is no such name, or a number is out of range, with BuildKit's text
     */
    public ProcessUser find(String text) {
        if (text.isEmpty()) {
            return ProcessUser.ROOT;
        }
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        String group = colon < 0 ? "" : text.substring(colon + 1);
        OptionalInt plainUser = user.equals("root") ? OptionalInt.of(0) : number(user);
        OptionalInt plainGroup = group.equals("root") ? OptionalInt.of(0) : number(group);
        if (plainUser.isPresent() && plainGroup.isPresent()) {
            // Nothing is looked up then, so that such a user has no supplementary groups.
            return new ProcessUser(plainUser.getAsInt(), plainGroup.getAsInt(), List.of());
        }
        return find(user, group);
    }

    /** The home folder of a user, {@code /} if there is no such user. */
    public String home(int uid) {
        return lines("/etc/passwd").stream()
                .filter(fields -> value(fields, 2) == uid)
                .findFirst()
                .filter(fields -> fields.length > 5 && !fields[5].isEmpty())
                .map(fields -> fields[5])
                .orElse("/");
    }

    private ProcessUser find(String user, String group) {
        OptionalInt number = user.isEmpty() ? OptionalInt.of(0) : numberInRange(user);
        Optional<String[]> known = lines("/etc/passwd").stream()
                .filter(fields -> isOf(fields, user, number))
                .findFirst();
        if (known.isEmpty() && number.isEmpty()) {
            throw new ExecutorException("unable to find user " + user + ": no matching entries in passwd file"
                    + "; add the user in an earlier RUN, or give a number");
        }
        int uid = known.map(fields -> value(fields, 2)).orElseGet(number::getAsInt);
        int gid = known.map(fields -> value(fields, 3)).orElse(0);
        if (!group.isEmpty()) {
            return new ProcessUser(uid, group(group), List.of());
        }
        List<Integer> groups = known.map(fields -> groupsOf(fields[0])).orElse(List.of());
        return new ProcessUser(uid, gid, groups);
    }

    private int group(String group) {
        OptionalInt number = numberInRange(group);
        return groups(fields -> isOf(fields, group, number)).stream()
                .findFirst()
                .or(() -> number.stream().boxed().findFirst())
                .orElseThrow(() ->
                        new ExecutorException("unable to find group " + group + ": no matching entries in group file"
                                + "; add the group in an earlier RUN, or give a number"));
    }

    private List<Integer> groupsOf(String user) {
        return groups(fields ->
                fields.length > 3 && Arrays.asList(fields[3].split(",")).contains(user));
    }

    private List<Integer> groups(Predicate<String[]> filter) {
        return lines("/etc/group").stream()
                .filter(filter)
                .map(fields -> value(fields, 2))
                .distinct()
                .toList();
    }

    /** The fields of a file's lines; none if it is no regular file or too large to be a file of users. */
    private List<String[]> lines(String path) {
        RootPath file = RootPath.resolve(files, path);
        boolean readable = file.entry()
                .filter(entry -> entry.kind() == RootFiles.Kind.FILE && entry.size() <= MAX_SIZE)
                .isPresent();
        if (!readable) {
            return List.of();
        }
        return new String(files.read(file.path()), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> line.split(":", -1))
                .toList();
    }

    /** What is a number is no name, even of a user or group that an image calls so. */
    private static boolean isOf(String[] fields, String text, OptionalInt number) {
        return number.isPresent() ? value(fields, 2) == number.getAsInt() : fields[0].equals(text);
    }

    /**
     * The number of a user or group who is looked up; empty if the text is a name.
     *
     * @throws ExecutorException if the number is out of BuildKit's range, with its text
     */
    private static OptionalInt numberInRange(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return OptionalInt.empty();
        }
        BigInteger number = new BigInteger(text);
        if (number.signum() < 0 || number.bitLength() >= Integer.SIZE) {
            throw new ExecutorException("uids and gids must be in range 0-" + Integer.MAX_VALUE + ", and " + text
                    + " is not; where user and group are both numbers, they may be up to 4294967294");
        }
        return OptionalInt.of(number.intValueExact());
    }

    /** A field's number; 0 if there is none, as the C library of the programs in the root has it. */
    private static int value(String[] fields, int position) {
        return fields.length > position ? number(fields[position]).orElse(0) : 0;
    }

    /** The number of a user or group up to 2^32 - 1, which {@code int} holds as its bits. */
    private static OptionalInt number(String text) {
        try {
            return text.startsWith("+") ? OptionalInt.empty() : OptionalInt.of(Integer.parseUnsignedInt(text));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
