package dev.slipway.parser;

import dev.slipway.parser.text.GoText;
import dev.slipway.parser.tree.Run;
import java.util.List;
import java.util.Optional;

/**
 * The values of {@code RUN --mount}. Variables are not known yet, so only the names of the fields are checked, and that
 * {@code from} contains no variable.
 */
final class MountFlag {

    private MountFlag() {}

    static Run.Mount parse(String text) {
        List<Run.Field> fields;
        try {
            fields = CsvRecord.fields(text).stream().map(MountFlag::field).toList();
        } catch (Refusal e) {
            throw new Refusal("failed to parse csv mounts: " + e.getMessage());
        }
        fields.forEach(MountFlag::requireConstantFrom);
        return new Run.Mount(text, fields);
    }

    private static Run.Field field(String text) {
        int equals = text.indexOf('=');
        String key = equals < 0 ? text : text.substring(0, equals);
        Optional<String> value = equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1));
        return new Run.Field(text, GoText.toLowerCase(key), value);
    }

    private static void requireConstantFrom(Run.Field field) {
        String value = field.value().orElse("");
        int dollar = value.indexOf('$');
        if (field.key().equals("from") && dollar >= 0 && dollar != value.length() - 1) {
            throw new Refusal("'from' doesn't support variable expansion, define alias stage instead");
        }
    }
}
