package dev.slipway.cli;

import java.util.Map;

/** The fields of an option that names a cache. */
final class CacheFields {

    private CacheFields() {}

    /** A name alone is that of a cache in a registry, as in buildx. */
    static Map<String, String> pairs(String option, String text) {
        boolean isName = CsvFields.split(option, text).stream().noneMatch(field -> field.contains("="));
        return CsvFields.pairs(option, isName ? "type=registry,ref=" + text : text);
    }

    /** The type, which does not stand among the other fields any more. */
    static String takeType(Map<String, String> pairs) {
        String type = pairs.remove("type");
        if (type == null) {
            throw new IllegalArgumentException("type is required, such as type=registry");
        }
        return type;
    }
}
