package dev.slipway.local.cdi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The fields of an object in a description.
 *
 * @param place where the object is, for messages; empty for the whole description
 * @param values what they are
 */
record Fields(String place, Map<?, ?> values) {

    /** YAML of old writes octal numbers so; there are such descriptions. */
    private static final Pattern OCTAL = Pattern.compile("0o?[0-7]+");

    /** What messages call the description as a whole, after its file's name. */
    private static final String WHOLE = "it";

    static Fields of(String place, Object value) throws CdiException {
        if (value instanceof Map<?, ?> map) {
            return new Fields(place, map);
        }
        throw new CdiException((place.isEmpty() ? WHOLE : place) + " is not an object");
    }

    /** What a description says that is not understood may be what makes the device work. */
    void allow(Set<String> names) throws CdiException {
        for (Object name : values.keySet()) {
            if (!names.contains(name)) {
                throw new CdiException(
                        (place.isEmpty() ? WHOLE : place) + " has the field " + name + ", which is not known here");
            }
        }
    }

    private String at(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    Optional<Fields> object(String name) throws CdiException {
        Object value = values.get(name);
        return value == null ? Optional.empty() : Optional.of(of(at(name), value));
    }

    List<Fields> objects(String name) throws CdiException {
        List<Fields> objects = new ArrayList<>();
        for (Object element : list(name)) {
            objects.add(of(at(name) + "[" + objects.size() + "]", element));
        }
        return objects;
    }

    List<String> texts(String name) throws CdiException {
        List<String> texts = new ArrayList<>();
        for (Object element : list(name)) {
            if (!(element instanceof String text)) {
                throw new CdiException(at(name) + " is not a list of strings");
            }
            texts.add(text);
        }
        return texts;
    }

    List<Integer> numbers(String name) throws CdiException {
        List<Integer> numbers = new ArrayList<>();
        for (Object element : list(name)) {
            numbers.add(number(at(name), element));
        }
        return numbers;
    }

    private List<?> list(String name) throws CdiException {
        Object value = values.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw new CdiException(at(name) + " is not a list");
    }

    Map<String, String> map(String name) throws CdiException {
        Map<String, String> map = new TreeMap<>();
        for (Map.Entry<?, ?> entry :
                object(name).map(Fields::values).orElse(Map.of()).entrySet()) {
            map.put(String.valueOf(entry.getKey()), String.valueOf(entry.getValue()));
        }
        return map;
    }

    String required(String name) throws CdiException {
        String text = text(name);
        if (text.isEmpty()) {
            throw new CdiException(at(name) + " is missing");
        }
        return text;
    }

    /** Empty if there is none. */
    String text(String name) throws CdiException {
        Object value = values.get(name);
        if (value == null) {
            return "";
        }
        if (value instanceof String text) {
            return text;
        }
        throw new CdiException(at(name) + " is not a string");
    }

    Optional<Integer> number(String name) throws CdiException {
        Object value = values.get(name);
        return value == null ? Optional.empty() : Optional.of(number(at(name), value));
    }

    private static int number(String place, Object value) throws CdiException {
        if (value instanceof Integer number && number >= 0) {
            return number;
        }
        if (value instanceof String text && OCTAL.matcher(text).matches() && text.length() < 12) {
            return Integer.parseInt(text.replace("o", ""), 8);
        }
        throw new CdiException(place + " is not a number");
    }
}
