package dev.slipway.oci.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Removes white space from JSON and leaves every token as written, except for characters that Go always escapes. */
public final class JsonCompactor {

    private JsonCompactor() {}

    /** The same JSON as Go writes a {@code json.RawMessage}. */
    public static byte[] compact(byte[] json) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length);
        boolean inString = false;
        for (int i = 0; i < json.length; i++) {
            byte b = json[i];
            if (inString && b == '\\') {
                out.write(b);
                out.write(json[++i]);
            } else if (b == '"') {
                inString = !inString;
                out.write(b);
            } else if (inString && (b == '<' || b == '>' || b == '&')) {
                ascii(out, String.format("\\u%04x", (int) b));
            } else if (inString && isLineSeparator(json, i)) {
                ascii(out, (json[i + 2] & 1) == 0 ? "\\u2028" : "\\u2029");
                i += 2;
            } else if (inString || !isSpace(b)) {
                out.write(b);
            }
        }
        return out.toByteArray();
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Whether U+2028 or U+2029 starts here. */
    private static boolean isLineSeparator(byte[] json, int i) {
        return json[i] == (byte) 0xE2
                && i + 2 < json.length
                && json[i + 1] == (byte) 0x80
                && (json[i + 2] & 0xFE) == 0xA8;
    }

    private static void ascii(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
