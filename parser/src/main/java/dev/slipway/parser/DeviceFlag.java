package dev.slipway.parser;

import dev.slipway.parser.text.GoText;
import dev.slipway.parser.text.Suggestions;
import dev.slipway.parser.tree.Run;
import java.util.List;

/** The values of {@code RUN --device}. */
final class DeviceFlag {

    private String name = "";
    private boolean required;

    private DeviceFlag() {}

    static Run.Device parse(String text) {
        List<String> fields;
        try {
            fields = CsvRecord.fields(text);
        } catch (Refusal e) {
            throw new Refusal("failed to parse csv devices: " + e.getMessage());
        }
        DeviceFlag device = new DeviceFlag();
        fields.forEach(device::read);
        return new Run.Device(device.name, device.required);
    }

    /** A field that is neither a name nor a requirement is the name, if there is none yet. */
    private void read(String field) {
        int equals = field.indexOf('=');
        String key = GoText.toLowerCase(equals < 0 ? field : field.substring(0, equals));
        String value = equals < 0 ? "" : field.substring(equals + 1);
        if (key.equals("required")) {
            required = equals < 0 || readRequired(value);
        } else if (key.equals("name") && equals >= 0) {
            if (!name.isEmpty()) {
                throw new Refusal("device name already set to " + name);
            }
            name = value;
        } else if (name.isEmpty()) {
            name = field;
        } else if (equals < 0) {
            throw new Refusal("invalid field '" + field + "' must be a key=value pair");
        } else {
            throw new Refusal("unexpected key '" + key + "' in '" + field + "'")
                    .suggesting(Suggestions.nearest(key, List.of("name", "required")));
        }
    }

    private static boolean readRequired(String value) {
        return GoText.parseBool(value).orElseThrow(() -> new Refusal("invalid value for required: " + value));
    }
}
