package dev.slipway.solver.cache;

import dev.slipway.oci.json.JsonWriter;
import java.util.Collection;
import java.util.function.BiConsumer;

/** Members as Go's {@code encoding/json} writes those that are marked {@code omitempty}: what equals its default is left out. */
final class GoMembers {

    private GoMembers() {}

    static void text(JsonWriter json, String name, String value) {
        if (!value.isEmpty()) {
            json.member(name, value);
        }
    }

    static void number(JsonWriter json, String name, long value) {
        if (value != 0) {
            json.member(name, value);
        }
    }

    static void unsigned(JsonWriter json, String name, int value) {
        number(json, name, Integer.toUnsignedLong(value));
    }

    static void flag(JsonWriter json, String name, boolean value) {
        if (value) {
            json.member(name, true);
        }
    }

    /** By its number on the wire, which is its position. */
    static void enumeration(JsonWriter json, String name, Enum<?> value) {
        number(json, name, value.ordinal());
    }

    static void list(JsonWriter json, String name, Collection<?> values) {
        if (!values.isEmpty()) {
            json.member(name, values);
        }
    }

    static <T> void objects(JsonWriter json, String name, Collection<T> values, BiConsumer<JsonWriter, T> members) {
        if (!values.isEmpty()) {
            json.startArray(name);
            for (T value : values) {
                json.startObject();
                members.accept(json, value);
                json.endObject();
            }
            json.endArray();
        }
    }

    static <T> void object(JsonWriter json, String name, T value, BiConsumer<JsonWriter, T> members) {
        json.startObject(name);
        members.accept(json, value);
        json.endObject();
    }
}
