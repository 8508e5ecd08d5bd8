package dev.slipway.oci.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON byte for byte as Go's encoding/json does: {@code <}, {@code >} and {@code &} escaped, members in the order of
 * the map.
 */
public final class JsonWriter {

    private final StringBuilder text = new StringBuilder();
    private final boolean indented;

    private JsonWriter(boolean indented) {
        this.indented = indented;
    }

    /**
     * Without any white space, as {@code json.Marshal} writes.
     *
     * @param value strings, integers, booleans, nulls, lists and maps
     */
    public static byte[] compact(Object value) {
        return write(value, false);
    }

    /**
     * Indented by two spaces, as {@code json.MarshalIndent(v, "", "  ")} writes.
     *
     * @param value strings, integers, booleans, nulls, lists and maps
     */
    public static byte[] indented(Object value) {
        return write(value, true);
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
            document.writeBytes(compact(member.getKey()));
            document.write(':');
            document.writeBytes(JsonCompactor.compact(member.getValue()));
        }
        document.write('}');
        return document.toByteArray();
    }

    private static byte[] write(Object value, boolean indented) {
        JsonWriter writer = new JsonWriter(indented);
        writer.value(value, 0);
        return writer.text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void value(Object value, int depth) {
        if (value instanceof String string) {
            string(string);
        } else if (value instanceof Map<?, ?> map) {
            object(map, depth);
        } else if (value instanceof List<?> list) {
            array(list, depth);
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else {
            throw new IllegalArgumentException("no JSON value: " + value);
        }
    }

    private void object(Map<?, ?> map, int depth) {
        text.append('{');
        for (Iterator<? extends Map.Entry<?, ?>> i = map.entrySet().iterator(); i.hasNext(); ) {
            Map.Entry<?, ?> member = i.next();
            newLine(depth + 1);
            string((String) member.getKey());
            text.append(indented ? ": " : ":");
            value(member.getValue(), depth + 1);
            text.append(i.hasNext() ? "," : "");
        }
        if (!map.isEmpty()) {
            newLine(depth);
        }
        text.append('}');
    }

    private void array(List<?> list, int depth) {
        text.append('[');
        for (Iterator<?> i = list.iterator(); i.hasNext(); ) {
            newLine(depth + 1);
            value(i.next(), depth + 1);
            text.append(i.hasNext() ? "," : "");
        }
        if (!list.isEmpty()) {
            newLine(depth);
        }
        text.append(']');
    }

    private void newLine(int depth) {
        if (indented) {
            text.append('\n').append("  ".repeat(depth));
        }
    }

    private void string(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (isEscaped(c)) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    private static boolean isEscaped(char c) {
        return c < ' ' || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029';
    }
}
