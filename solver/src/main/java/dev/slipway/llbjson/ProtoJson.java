package dev.slipway.llbjson;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collection;

/** Fields of the protobuf JSON form: what equals its default is left out. */
final class ProtoJson {

    private ProtoJson() {}

    /** Writes the members of an object for one value. */
    @FunctionalInterface
    interface Members<T> {
        void write(JsonGenerator json, T value) throws IOException;
    }

    static void text(JsonGenerator json, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }

    static void flag(JsonGenerator json, String name, boolean value) throws IOException {
        if (value) {
            json.writeBooleanField(name, true);
        }
    }

    static void int32(JsonGenerator json, String name, int value) throws IOException {
        if (value != 0) {
            json.writeNumberField(name, value);
        }
    }

    static void uint32(JsonGenerator json, String name, int value) throws IOException {
        if (value != 0) {
            json.writeNumberField(name, Integer.toUnsignedLong(value));
        }
    }

    /** A number of 64 bits, which JSON's numbers cannot hold. */
    static void int64(JsonGenerator json, String name, long value) throws IOException {
        if (value != 0) {
            json.writeStringField(name, Long.toString(value));
        }
    }

    static void enumeration(JsonGenerator json, String name, Enum<?> value) throws IOException {
        if (value.ordinal() != 0) {
            json.writeStringField(name, value.name());
        }
    }

    static void texts(JsonGenerator json, String name, Collection<String> values) throws IOException {
        if (!values.isEmpty()) {
            json.writeArrayFieldStart(name);
            for (String value : values) {
                json.writeString(value);
            }
            json.writeEndArray();
        }
    }

    static <T> void objects(JsonGenerator json, String name, Collection<T> values, Members<T> members)
            throws IOException {
        if (!values.isEmpty()) {
            json.writeArrayFieldStart(name);
            for (T value : values) {
                json.writeStartObject();
                members.write(json, value);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    static <T> void object(JsonGenerator json, String name, T value, Members<T> members) throws IOException {
        json.writeObjectFieldStart(name);
        members.write(json, value);
        json.writeEndObject();
    }
}
