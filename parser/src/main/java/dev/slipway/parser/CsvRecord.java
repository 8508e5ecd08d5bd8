package dev.slipway.parser;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One line of comma-separated values, as Go reads it: a field in double quotes may hold commas and doubled quotes. */
final class CsvRecord {

    private static final String BARE_QUOTE = "bare \" in non-quoted-field";
    private static final String STRAY_QUOTE = "extraneous or missing \" in quoted-field";

    private final String line;
    private int at;

    private CsvRecord(String line) {
        this.line = line;
    }

    /**
     * The fields.
     *
     * @throws Refusal if the line is empty or a quote stands where it may not
     */
    static List<String> fields(String line) {
        if (line.isEmpty()) {
            throw new Refusal("EOF");
        }
        CsvRecord csv = new CsvRecord(line);
        List<String> fields = new ArrayList<>();
        do {
            fields.add(line.startsWith("\"", csv.at) ? csv.quoted() : csv.bare());
        } while (csv.at++ < line.length());
        return fields;
    }

    private String bare() {
        int comma = line.indexOf(',', at);
        int end = comma < 0 ? line.length() : comma;
        int quote = line.indexOf('"', at);
        if (quote >= 0 && quote < end) {
            throw wrong(quote, BARE_QUOTE);
        }
        String field = line.substring(at, end);
        at = end;
        return field;
    }

    private String quoted() {
        StringBuilder field = new StringBuilder();
        at++;
        while (true) {
            int quote = line.indexOf('"', at);
            if (quote < 0) {
                throw wrong(at, STRAY_QUOTE);
            }
            field.append(line, at, quote);
            at = quote + 1;
            if (line.startsWith("\"", at)) {
                field.append('"');
                at++;
            } else if (at == line.length() || line.charAt(at) == ',') {
                return field.toString();
            } else {
                throw wrong(quote, STRAY_QUOTE);
            }
        }
    }

    private Refusal wrong(int index, String problem) {
        int column = line.substring(0, index).getBytes(StandardCharsets.UTF_8).length + 1;
        return new Refusal("parse error on line 1, column " + column + ": " + problem);
    }
}
