package dev.slipway.provenance;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Members of a JSON object as Go writes those that are marked {@code omitempty}: what equals its default is left out. */
final class GoMembers {

    private final Map<String, Object> members = new TreeMap<>();

    GoMembers text(String name, String value) {
        return value.isEmpty() ? this : with(name, value);
    }

    GoMembers number(String name, long value) {
        return value == 0 ? this : with(name, value);
    }

    GoMembers unsigned(String name, int value) {
        return number(name, Integer.toUnsignedLong(value));
    }

    GoMembers flag(String name, boolean value) {
        return value ? with(name, true) : this;
    }

    /** By its number on the wire, which is its position. */
    GoMembers enumeration(String name, Enum<?> value) {
        return number(name, value.ordinal());
    }

    GoMembers list(String name, Collection<?> values) {
        return values.isEmpty() ? this : with(name, values);
    }

    GoMembers map(String name, Map<String, ?> values) {
        return values.isEmpty() ? this : with(name, values);
    }

    /** A member that is there whatever its value is. */
    GoMembers with(String name, Object value) {
        members.put(name, value);
        return this;
    }

    Map<String, Object> toMap() {
        return members;
    }
}
