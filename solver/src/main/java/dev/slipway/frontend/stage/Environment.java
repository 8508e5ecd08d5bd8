package dev.slipway.frontend.stage;

import dev.slipway.parser.shell.Variables;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Variables in the order of their last assignment, which is the order of a process's environment in a digest. */
public final class Environment implements Variables {

    private final Map<String, String> values;
    private @Nullable List<String> assignments;
    private long length;

    Environment() {
        this(new LinkedHashMap<>());
    }

    private Environment(Map<String, String> values) {
        this.values = values;
    }

    Environment copy() {
        Environment copy = new Environment(new LinkedHashMap<>(values));
        copy.assignments = assignments;
        copy.length = length;
        return copy;
    }

    /** Sets a variable, which moves it to the end. */
    public void put(String name, String value) {
        remove(name);
        values.put(name, value);
        length += name.length() + value.length();
    }

    void remove(String name) {
        String value = values.remove(name);
        length -= value == null ? 0 : name.length() + value.length();
        assignments = null;
    }

    /** The number of characters in all names and values. */
    public long length() {
        return length;
    }

    @Override
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    Set<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** All variables as {@code NAME=value}. */
    public List<String> assignments() {
        if (assignments == null) {
            List<String> list = new ArrayList<>(values.size());
            values.forEach((name, value) -> list.add(name + "=" + value));
            assignments = List.copyOf(list);
        }
        return assignments;
    }
}
