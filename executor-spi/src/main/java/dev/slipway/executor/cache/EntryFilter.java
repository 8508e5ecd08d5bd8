package dev.slipway.executor.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Selects the entries that meet all conditions. A condition compares {@code id}, {@code type}, {@code description}
 * or {@code inuse} with a value: {@code =} means equal, {@code !=} not equal, {@code ~=} contains.
 */
public final class EntryFilter {

    /** All entries. */
    public static final EntryFilter ANY = new EntryFilter(List.of());

    private static final Pattern CONDITION = Pattern.compile("([a-z]+)(==|!=|~=|=)(.*)", Pattern.DOTALL);

    private final List<Condition> conditions;

    private EntryFilter(List<Condition> conditions) {
        this.conditions = List.copyOf(conditions);
    }

    private record Condition(String field, String operator, String value) {

        private boolean holds(CacheEntry entry) {
            String actual = actual(entry, field);
            return switch (operator) {
                case "!=" -> !actual.equals(value);
                case "~=" -> actual.contains(value);
                default -> actual.equals(value);
            };
        }
    }

    /**
     * This filter with one more condition.
     *
     * @throws IllegalArgumentException if the condition is invalid
     */
    public EntryFilter and(String condition) {
        Matcher matcher = CONDITION.matcher(condition);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "invalid filter '" + condition + "'; write it as type=exec.cachemount or until=24h");
        }
        String field = matcher.group(1);
        if (!List.of("id", "type", "description", "inuse").contains(field)) {
            throw new IllegalArgumentException(
                    "unknown filter '" + field + "'; known are description, id, inuse, type and until");
        }
        List<Condition> all = new ArrayList<>(conditions);
        all.add(new Condition(field, matcher.group(2), matcher.group(3)));
        return new EntryFilter(all);
    }

    /** Whether this filter selects an entry. */
    public boolean test(CacheEntry entry) {
        return conditions.stream().allMatch(condition -> condition.holds(entry));
    }

    private static String actual(CacheEntry entry, String name) {
        return switch (name) {
            case "id" -> entry.id();
            case "type" -> entry.type().label();
            case "description" -> entry.description();
            default -> Boolean.toString(entry.inUse());
        };
    }
}
