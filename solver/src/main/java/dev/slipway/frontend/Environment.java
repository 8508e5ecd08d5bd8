package dev.slipway.frontend;

import dev.slipway.parser.shell.Variables;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Variables in the order of their last assignment, which is the order of a process's environment in a digest. */
final class Environment implements Variables {

    private final Map<String, String> values;
    private List<String> assignments;

    Environment() {
        this(new LinkedHashMap<>());
    }

    private Environment(Map<String, String> values) {
        this.values = values;
    }

    Environment copy() {
        return new Environment(new LinkedHashMap<>(values));
    }

    /** Sets a variable, which moves it to the end. */
    void put(String name, String value) {
        values.remove(name);
        values.put(name, value);
        assignments = null;
    }

    void remove(String name) {
        values.remove(name);
        assignments = null;
    }

    @Override
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    Set<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** All variables as {@code NAME=value}. */
    List<String> assignments() {
        if (assignments == null) {
            List<String> list = new ArrayList<>(values.size());
            values.forEach((name, value) -> list.add(name + "=" + value));
            assignments = List.copyOf(list);
        }
        return assignments;
    }
}
