package dev.slipway.oci.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An object of a document that was read. A missing or null member reads as an empty value. A member of another type than
 * requested causes an error that names it.
 */
public final class JsonObject {

    private final String place;
    private final Map<?, ?> members;

    JsonObject(String place, Map<?, ?> members) {
        this.place = place;
        this.members = members;
    }

    /** Whether there is a member of this name that is not null. */
    public boolean has(String name) {
        return members.get(name) != null;
    }

    /** A text, or empty. */
    public String string(String name) throws JsonException {
        Object value = members.get(name);
        return value == null ? "" : expect(String.class, value, name, "a string");
    }

    /** A text that must be there. */
    public String requiredString(String name) throws JsonException {
        if (!has(name)) {
            throw new JsonException("\"" + place + name + "\" is missing");
        }
        return string(name);
    }

    /** An integer, or 0. */
    public long number(String name) throws JsonException {
        Object value = members.get(name);
        return value == null ? 0 : expect(Long.class, value, name, "an integer");
    }

    /** Whether there is a member of this name that is an integer. */
    public boolean isNumber(String name) {
        return members.get(name) instanceof Long;
    }

    /** A boolean, or false. */
    public boolean flag(String name) throws JsonException {
        Object value = members.get(name);
        return value == null ? false : expect(Boolean.class, value, name, "true or false");
    }

    /** An object, if it is there. */
    public Optional<JsonObject> object(String name) throws JsonException {
        Object value = members.get(name);
        return value == null
                ? Optional.empty()
                : Optional.of(new JsonObject(place + name + ".", expect(Map.class, value, name, "an object")));
    }

    /** The objects of a list, or none. */
    public List<JsonObject> objects(String name) throws JsonException {
        List<JsonObject> objects = new ArrayList<>();
        for (Object item : list(name)) {
            String at = name + "[" + objects.size() + "]";
            objects.add(new JsonObject(place + at + ".", expect(Map.class, item, at, "an object")));
        }
        return objects;
    }

    /** The texts of a list, or none. */
    public List<String> strings(String name) throws JsonException {
        List<String> strings = new ArrayList<>();
        for (Object item : list(name)) {
            strings.add(expect(String.class, item, name + "[" + strings.size() + "]", "a string"));
        }
        return strings;
    }

    /** The integers of a list, or none. */
    public List<Long> numbers(String name) throws JsonException {
        List<Long> numbers = new ArrayList<>();
        for (Object item : list(name)) {
            numbers.add(expect(Long.class, item, name + "[" + numbers.size() + "]", "an integer"));
        }
        return numbers;
    }

    /** The lists of objects in a list, or none. */
    public List<List<JsonObject>> objectLists(String name) throws JsonException {
        List<List<JsonObject>> lists = new ArrayList<>();
        for (Object item : list(name)) {
            String at = name + "[" + lists.size() + "]";
            lists.add(new JsonObject(place, Map.of(at, expect(List.class, item, at, "a list"))).objects(at));
        }
        return lists;
    }

    /** An object whose members are all texts, sorted; empty if it is missing. */
    public SortedMap<String, String> texts(String name) throws JsonException {
        Optional<JsonObject> object = object(name);
        if (object.isEmpty()) {
            return Collections.emptySortedMap();
        }
        SortedMap<String, String> texts = new TreeMap<>();
        for (String key : object.get().names()) {
            texts.put(key, object.get().string(key));
        }
        return texts;
    }

    /** All members with their values, as {@link Json#value} reads them, in the order of the document. */
    public Map<String, Object> members() {
        Map<String, Object> all = new LinkedHashMap<>();
        members.forEach((name, value) -> all.put((String) name, value));
        return Collections.unmodifiableMap(all);
    }

    /** The names of all members, in the order of the document. */
    public List<String> names() {
        return members.keySet().stream().map(String.class::cast).toList();
    }

    private List<?> list(String name) throws JsonException {
        Object value = members.get(name);
        return value == null ? List.of() : expect(List.class, value, name, "a list");
    }

    private <T> T expect(Class<T> type, Object value, String name, String wanted) throws JsonException {
        if (!type.isInstance(value)) {
            throw new JsonException("\"" + place + name + "\" must be " + wanted);
        }
        return type.cast(value);
    }
}
