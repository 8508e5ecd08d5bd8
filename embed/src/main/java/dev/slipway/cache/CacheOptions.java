package dev.slipway.cache;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ImageReference;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What can be said of a cache, by buildx's names. */
final class CacheOptions {

    static final String REGISTRY = "registry";
    static final String LOCAL = "local";
    static final String INLINE = "inline";
    static final String REF = "ref";
    static final String INSECURE = "registry.insecure";
    static final String TAG = "tag";

    private CacheOptions() {}

    /**
     * Finds what keeps options from having a meaning.
     *
     * @param types the options of each type that there is
     * @throws IllegalArgumentException if a type or an option is unknown, or one that must be there is missing
     */
    static void check(String type, SortedMap<String, String> attributes, Map<String, SortedSet<String>> types) {
        if (type.equals("azblob")) {
            throw new IllegalArgumentException(
                    "caches of type=azblob are not supported; write type=registry,ref=NAME, or type=local");
        }
        SortedSet<String> known = types.get(type);
        if (known == null) {
            throw new IllegalArgumentException("unknown type of cache '" + type + "'; known are "
                    + String.join(", ", new TreeSet<>(types.keySet())));
        }
        for (String option : attributes.keySet()) {
            if (!known.contains(option)) {
                throw new IllegalArgumentException("'" + option + "' is not an option of type=" + type + "; known are "
                        + String.join(", ", known));
            }
        }
        if (type.equals(REGISTRY)) {
            checkReference(attributes.get(REF));
        }
        flag(attributes, INSECURE, false);
    }

    private static void checkReference(@Nullable String reference) {
        if (reference == null || reference.isEmpty()) {
            throw new IllegalArgumentException("type=registry needs ref=NAME");
        }
        if (ImageReference.parse(reference).digest().isPresent()) {
            throw new IllegalArgumentException("ref=" + reference + " has a digest; name a tag");
        }
    }

    /** The value of a boolean option, in any notation that buildx accepts. */
    static boolean flag(Map<String, String> attributes, String option, boolean otherwise) {
        String value = attributes.get(option);
        if (value == null) {
            return otherwise;
        }
        return switch (value) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw new IllegalArgumentException(option + "=" + value + ": write true or false");
        };
    }

    static SortedMap<String, String> with(SortedMap<String, String> attributes, String option, String value) {
        TreeMap<String, String> more = new TreeMap<>(attributes);
        more.put(requireNonNull(option, "option is null"), requireNonNull(value, "value is null"));
        return more;
    }
}
