package dev.slipway.parser;

import dev.slipway.parser.text.GoText;
import dev.slipway.parser.text.Suggestions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The flags that an instruction knows. */
final class FlagSet {

    /** Accepts no flags. */
    static final FlagSet EMPTY = of(List.of(), List.of(), List.of());

    private enum Kind {
        /** With or without {@code =true} or {@code =false}. */
        SWITCH,
        /** Once, with a value. */
        VALUE,
        /** Any number of times, with a value. */
        VALUES
    }

    private final Map<String, Kind> kinds = new LinkedHashMap<>();

    private FlagSet() {}

    static FlagSet of(List<String> switches, List<String> values, List<String> repeated) {
        FlagSet set = new FlagSet();
        values.forEach(name -> set.kinds.put(name, Kind.VALUE));
        switches.forEach(name -> set.kinds.put(name, Kind.SWITCH));
        repeated.forEach(name -> set.kinds.put(name, Kind.VALUES));
        return set;
    }

    /**
     * Reads the flags of an instruction.
     *
     * @throws Refusal if one is unknown, given twice, or has a value that it can't have
     */
    FlagValues parse(RawInstruction instruction) {
        if (instruction.flags().isEmpty()) {
            return FlagValues.NONE;
        }
        Map<String, List<String>> values = new HashMap<>();
        for (Flag flag : instruction.flags()) {
            try {
                parse(flag.text(), values);
            } catch (Refusal e) {
                throw e.at(flag.from(), flag.to());
            }
        }
        return new FlagValues(values);
    }

    private void parse(String flag, Map<String, List<String>> values) {
        int equals = flag.indexOf('=');
        String dashed = equals < 0 ? flag : flag.substring(0, equals);
        String name = dashed.substring(2);
        Kind kind = kinds.get(name);
        if (kind == null) {
            throw new Refusal("unknown flag: " + dashed).suggesting(Suggestions.nearest(name, kinds.keySet()));
        }
        if (values.containsKey(name) && kind != Kind.VALUES) {
            throw new Refusal("duplicate flag specified: " + dashed);
        }
        String value = equals < 0 ? "" : flag.substring(equals + 1);
        boolean missing = kind == Kind.SWITCH ? equals >= 0 && value.isEmpty() : equals < 0;
        if (missing) {
            throw new Refusal("missing a value on flag: " + dashed);
        }
        if (kind == Kind.SWITCH) {
            value = switch (GoText.toLowerCase(value)) {
                case "true", "" -> "true";
                case "false" -> "false";
                default -> throw new Refusal("expecting boolean value for flag " + dashed + ", not: " + value);
            };
        }
        values.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
    }
}
