package dev.slipway.parser;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The flags that an instruction was given. */
record FlagValues(Map<String, List<String>> values) {

    static final FlagValues NONE = new FlagValues(Map.of());

    /** The values of a flag that may be repeated, in order. */
    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The value of a flag, or the default if it is absent. */
    String value(String name, String absent) {
        List<String> given = all(name);
        return given.isEmpty() ? absent : given.get(0);
    }

    /** The value of a flag, empty if it is absent: BuildKit makes no difference between the two. */
    String value(String name) {
        return value(name, "");
    }

    /** Whether a switch was given, and how. */
    Optional<Boolean> optional(String name) {
        List<String> given = all(name);
        return given.isEmpty() ? Optional.empty() : Optional.of(Boolean.valueOf(given.get(0)));
    }

    /** Whether a switch is on. */
    boolean isOn(String name) {
        return value(name).equals("true");
    }
}
