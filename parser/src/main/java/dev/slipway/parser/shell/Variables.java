package dev.slipway.parser.shell;

import java.util.Map;
import java.util.Optional;

/** Where expansion finds the values of variables. */
@FunctionalInterface
public interface Variables {

    /** The value of this variable, or empty if it is unset. */
    Optional<String> get(String name);

    /** The entries of a map, which must not change while it is used. */
    static Variables of(Map<String, String> values) {
        return name -> Optional.ofNullable(values.get(name));
    }

    /** The entries of a map, whose keys are matched without regard to letter case, as on Windows. */
    static Variables ignoringCase(Map<String, String> values) {
        java.util.TreeMap<String, String> sorted = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(values);
        return of(sorted);
    }

    /** No variable is set. */
    static Variables none() {
        return name -> Optional.empty();
    }
}
