package dev.slipway;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a request says, by field. A field that it says nothing of has its usual value. Immutable. */
final class RequestFields {

    static final RequestFields NONE = new RequestFields(new TreeMap<>());

    private final TreeMap<Field<?>, Object> values;

    private RequestFields(TreeMap<Field<?>, Object> values) {
        this.values = values;
    }

    /**
     * Something that a request can say.
     *
     * @param name what it is called, of which there is one
     * @param usual its value where the request says nothing
     * @param text the value in short, without what is secret
     * @param <T> what it says; a value that nobody changes
     */
    record Field<T>(String name, T usual, Function<T, String> text) implements Comparable<Field<?>> {

        static <T> Field<T> of(String name, T usual) {
            return new Field<>(name, usual, String::valueOf);
        }

        static <T> Field<Optional<T>> optional(String name) {
            return new Field<>(
                    name, Optional.empty(), value -> value.map(String::valueOf).orElse(""));
        }

        static <T> Field<List<T>> list(String name, Function<T, String> text) {
            return new Field<>(
                    name, List.of(), list -> list.stream().map(text).toList().toString());
        }

        /** Of a map only the names are shown: values may be secret. They are kept in their order. */
        static <V> Field<Map<String, V>> map(String name) {
            return new Field<>(name, Map.of(), map -> map.keySet().toString());
        }

        @Override
        public int compareTo(Field<?> other) {
            return name.compareTo(other.name);
        }
    }

    @SuppressWarnings("unchecked") // Only with() puts a value in, and it has the field's type.
    <T> T get(Field<T> field) {
        return (T) values.getOrDefault(field, field.usual());
    }

    /** The same, but for a field. */
    <T> RequestFields with(Field<T> field, T value) {
        TreeMap<Field<?>, Object> copy = new TreeMap<>(values);
        if (value.equals(field.usual())) {
            copy.remove(field);
        } else {
            copy.put(field, value);
        }
        return new RequestFields(copy);
    }

    /** The same with more at the end of a list. */
    <T> RequestFields plus(Field<List<T>> field, Collection<? extends T> more) {
        List<T> list = new ArrayList<>(get(field));
        list.addAll(more);
        return with(field, Collections.unmodifiableList(list));
    }

    /** The same with more in a map, in place of what has the same names. */
    <A, V> RequestFields plus(
            Field<Map<String, V>> field, Map<String, ? extends A> more, BiFunction<String, ? super A, V> parsed) {
        Map<String, V> map = new LinkedHashMap<>(get(field));
        more.forEach((name, value) -> map.put(
                requireNonNull(name, "name is null"), parsed.apply(name, requireNonNull(value, "value is null"))));
        return with(field, Collections.unmodifiableMap(map));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RequestFields fields && values.equals(fields.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.keySet().stream().map(field -> ", " + text(field)).collect(Collectors.joining());
    }

    private <T> String text(Field<T> field) {
        return field.name() + "=" + field.text().apply(get(field));
    }
}
