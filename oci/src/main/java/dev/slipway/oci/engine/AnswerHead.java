package dev.slipway.oci.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The head of an answer (RFC 9112, 4 and 5).
 *
 * @param status such as 200
 * @param fields by their names in lower case; of several with one name, the last one
 */
record AnswerHead(int status, Map<String, String> fields) {

    private static final int LONGEST_LINE = 1 << 13;
    private static final int MOST_FIELDS = 200;

    AnswerHead {
        fields = Map.copyOf(fields);
    }

    /** Reads a head; interim answers (status 1xx) are skipped. */
    static AnswerHead read(InputStream connection) throws IOException {
        AnswerHead head = readOne(connection);
        while (head.status() / 100 == 1) {
            head = readOne(connection);
        }
        return head;
    }

    private static AnswerHead readOne(InputStream connection) throws IOException {
        String first = line(connection);
        if (!first.matches("HTTP/1\\.[01] [1-5]\\d\\d( .*)?")) {
            throw new ProtocolException("the answer is not HTTP: '" + first + "'");
        }
        Map<String, String> fields = new TreeMap<>();
        for (String line = line(connection); !line.isEmpty(); line = line(connection)) {
            int colon = line.indexOf(':');
            if (colon <= 0 || fields.size() == MOST_FIELDS) {
                throw new ProtocolException("the head of the answer is damaged");
            }
            fields.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new AnswerHead(Integer.parseInt(first.substring(9, 12)), fields);
    }

    /** A field, or empty. */
    String field(String name) {
        return fields.getOrDefault(name, "");
    }

    /** A line without its end. */
    static String line(InputStream connection) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = connection.read(); c != '\n'; c = connection.read()) {
            if (c < 0) {
                throw new EOFException(
                        line.isEmpty()
                                ? "the connection was closed without an answer"
                                : "the answer ended in the middle");
            }
            if (line.length() == LONGEST_LINE) {
                throw new ProtocolException("a line of the answer is longer than " + LONGEST_LINE + " bytes");
            }
            line.append((char) c);
        }
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
    }
}
