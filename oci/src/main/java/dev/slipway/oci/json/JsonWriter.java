package dev.slipway.oci.json;

import dev.slipway.llb.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON value, from its beginning to its end. Members are written in the order in which they come.
 *
 * <p>Documents that are digested have Go's form, byte for byte: {@link #go()} and {@link #goIndented()} also escape
 * {@code < > &}. Those for people and programs do not: {@link #compact()} and {@link #readable()}.
 */
public final class JsonWriter {

    private final StringBuilder text = new StringBuilder();
    private final JsonText strings;
    private final boolean indented;
    private int depth;

    /** Whether the next value or member is the first one of its object or array. */
    private boolean first = true;

    /** Whether the name of the next value has been written. */
    private boolean named;

    private JsonWriter(JsonText strings, boolean indented) {
        this.strings = strings;
        this.indented = indented;
    }

    /** Without any white space, as {@code json.Marshal} writes. */
    public static JsonWriter go() {
        return new JsonWriter(JsonText.GO, false);
    }

    /** Indented by two spaces, as {@code json.MarshalIndent(v, "", "  ")} writes. */
    public static JsonWriter goIndented() {
        return new JsonWriter(JsonText.GO, true);
    }

    /** Without any white space, and with as few escapes as possible. */
    public static JsonWriter compact() {
        return new JsonWriter(JsonText.PLAIN, false);
    }

    /** Indented by two spaces, and with as few escapes as possible. */
    public static JsonWriter readable() {
        return new JsonWriter(JsonText.PLAIN, true);
    }

    /**
     * A document out of members whose values are JSON already. White space between tokens goes, everything else stays as it
     * is, as with a map of {@code json.RawMessage}.
     *
     * @param members in the order in which they are written
     */
    public static byte[] join(Map<String, byte[]> members) {
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        document.write('{');
        boolean first = true;
        for (Map.Entry<String, byte[]> member : members.entrySet()) {
            if (!first) {
                document.write(',');
            }
            first = false;
            document.writeBytes(go().value(member.getKey()).toBytes());
            document.write(':');
            document.writeBytes(JsonCompactor.compact(member.getValue()));
        }
        document.write('}');
        return document.toByteArray();
    }

    /** Starts an object. */
    public JsonWriter startObject() {
        return start('{');
    }

    /** Starts an object that is a member of this name. */
    public JsonWriter startObject(String name) {
        return name(name).startObject();
    }

    /** Ends the innermost object. */
    public JsonWriter endObject() {
        return end('}');
    }

    /** Starts an array. */
    public JsonWriter startArray() {
        return start('[');
    }

    /** Starts an array that is a member of this name. */
    public JsonWriter startArray(String name) {
        return name(name).startArray();
    }

    /** Ends the innermost array. */
    public JsonWriter endArray() {
        return end(']');
    }

    /** Writes a member of an object. */
    public JsonWriter member(String name, @Nullable Object value) {
        return name(name).value(value);
    }

    /** Writes a member of an object whose value is JSON already, which stays as it is. */
    public JsonWriter jsonMember(String name, String json) {
        name(name);
        next();
        text.append(json);
        return this;
    }

    /**
     * Writes a value: the document, an element of an array, or the value of a member.
     *
     * @param value a string, number, truth value, null, list, map with strings for keys, or bytes, which become Base64
     */
    public JsonWriter value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            startObject();
            map.forEach((name, member) -> member((String) name, member));
            return endObject();
        }
        if (value instanceof Collection<?> list) {
            startArray();
            list.forEach(this::value);
            return endArray();
        }
        next();
        if (value instanceof String string) {
            strings.append(text, string);
        } else if (value instanceof Bytes bytes) {
            strings.append(text, Base64.getEncoder().encodeToString(bytes.toArray()));
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else {
            throw new IllegalArgumentException("no JSON value: " + value);
        }
        return this;
    }

    private JsonWriter name(String name) {
        next();
        strings.append(text, name);
        text.append(indented ? ": " : ":");
        named = true;
        return this;
    }

    private JsonWriter start(char bracket) {
        next();
        text.append(bracket);
        depth++;
        first = true;
        return this;
    }

    private JsonWriter end(char bracket) {
        depth--;
        if (!first) {
            newLine();
        }
        text.append(bracket);
        first = false;
        return this;
    }

    /** Makes room for the next value or member. */
    private void next() {
        if (!named && depth > 0) {
            text.append(first ? "" : ",");
            newLine();
        }
        first = false;
        named = false;
    }

    private void newLine() {
        if (indented) {
            text.append('\n').append("  ".repeat(depth));
        }
    }

    /** The written text, in UTF-8. */
    public byte[] toBytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The written text. */
    @Override
    public String toString() {
        return text.toString();
    }
}
