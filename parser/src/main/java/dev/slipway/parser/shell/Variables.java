package dev.slipway.parser.shell;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where expansion finds the values of variables. */
@FunctionalInterface
public interface Variables {

    /** The value of this variable, or empty if it is unset. */
    Optional<String> get(String name);

    /** The entries of a map, seen live. */
    static Variables of(Map<String, String> values) {
        return name -> Optional.ofNullable(values.get(name));
    }

    /** A copy of the entries of a map, whose keys match without regard to letter case, as BuildKit on Windows does. */
    static Variables ignoringCase(Map<String, String> values) {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(values);
        return of(sorted);
    }

    /** No variable is set. */
    static Variables none() {
        return name -> Optional.empty();
    }
}
