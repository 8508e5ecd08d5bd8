package dev.slipway.llbjson;

import dev.slipway.oci.json.JsonWriter;
import java.util.Collection;

/** Fields of the protobuf JSON form: what equals its default is left out. */
final class ProtoJson {

    private ProtoJson() {}

    /** Writes the members of an object for one value. */
    @FunctionalInterface
    interface Members<T> {
        void write(JsonWriter json, T value);
    }

    static void text(JsonWriter json, String name, String value) {
        if (!value.isEmpty()) {
            json.member(name, value);
        }
    }

    static void flag(JsonWriter json, String name, boolean value) {
        if (value) {
            json.member(name, true);
        }
    }

    static void int32(JsonWriter json, String name, int value) {
        if (value != 0) {
            json.member(name, value);
        }
    }

    static void uint32(JsonWriter json, String name, int value) {
        if (value != 0) {
            json.member(name, Integer.toUnsignedLong(value));
        }
    }

    /** A number of 64 bits, which JSON's numbers cannot hold. */
    static void int64(JsonWriter json, String name, long value) {
        if (value != 0) {
            json.member(name, Long.toString(value));
        }
    }

    static void enumeration(JsonWriter json, String name, Enum<?> value) {
        if (value.ordinal() != 0) {
            json.member(name, value.name());
        }
    }

    static void texts(JsonWriter json, String name, Collection<String> values) {
        if (!values.isEmpty()) {
            json.member(name, values);
        }
    }

    static <T> void objects(JsonWriter json, String name, Collection<T> values, Members<T> members) {
        if (!values.isEmpty()) {
            json.startArray(name);
            for (T value : values) {
                json.startObject();
                members.write(json, value);
                json.endObject();
            }
            json.endArray();
        }
    }

    static <T> void object(JsonWriter json, String name, T value, Members<T> members) {
        json.startObject(name);
        members.write(json, value);
        json.endObject();
    }
}
