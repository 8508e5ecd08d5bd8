package dev.slipway.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The fields of an option's value, as buildx reads them: one line of RFC 4180, in which a field with a comma in it is quoted as a
 * whole ({@code type=local,"dest=a,b"}).
 */
final class CsvFields {

    private static final char QUOTE = '"';
    private static final char SEPARATOR = ',';

    private final String option;
    private final String text;
    private int at;

    private CsvFields(String option, String text) {
        this.option = option;
        this.text = text;
    }

    /**
     * Splits a value.
     *
     * @param option the option's name, for messages
     */
    static List<String> split(String option, String text) {
        CsvFields fields = new CsvFields(option, text);
        List<String> found = new ArrayList<>();
        do {
            found.add(fields.next());
        } while (fields.skipSeparator());
        return found;
    }

    /** Reads a value of the form {@code key=value,key=value}. Keys may be in any case; of equal ones the last counts. */
    static Map<String, String> pairs(String option, String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String field : split(option, text)) {
            int equals = field.indexOf('=');
            if (equals <= 0) {
                throw new UsageException(option + " " + text + ": '" + field + "' is not of the form key=value");
            }
            pairs.put(field.substring(0, equals).strip().toLowerCase(Locale.ROOT), field.substring(equals + 1));
        }
        return pairs;
    }

    private String next() {
        boolean quoted = at < text.length() && text.charAt(at) == QUOTE;
        return quoted ? quoted() : plain();
    }

    private String plain() {
        int end = text.indexOf(SEPARATOR, at);
        String field = text.substring(at, end < 0 ? text.length() : end);
        if (field.indexOf(QUOTE) >= 0) {
            throw wrong("the quote in '" + field + "' does not begin the field; quote all of it: \"key=a,b\"");
        }
        at += field.length();
        return field;
    }

    /** Within quotes, a quote is written twice. */
    private String quoted() {
        StringBuilder field = new StringBuilder();
        at++;
        while (true) {
            int quote = text.indexOf(QUOTE, at);
            if (quote < 0) {
                throw wrong("a quote is not closed");
            }
            field.append(text, at, quote);
            at = quote + 1;
            if (at == text.length() || text.charAt(at) == SEPARATOR) {
                return field.toString();
            }
            if (text.charAt(at) != QUOTE) {
                throw wrong("after the closing quote of \"" + field + "\" there must be a comma");
            }
            field.append(QUOTE);
            at++;
        }
    }

    private boolean skipSeparator() {
        return at++ < text.length();
    }

    private UsageException wrong(String what) {
        return new UsageException(option + " " + text + ": " + what);
    }
}
