package dev.slipway.check;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The arguments that BuildKit sets for each platform. */
final class AutomaticArguments {

    private static final Set<String> NAMES = Set.of(
            "BUILDPLATFORM",
            "BUILDOS",
            "BUILDOSVERSION",
            "BUILDARCH",
            "BUILDVARIANT",
            "TARGETPLATFORM",
            "TARGETOS",
            "TARGETOSVERSION",
            "TARGETARCH",
            "TARGETVARIANT");

    private static final Pattern REFERENCE = Pattern.compile("(?<!\\\\)\\$\\{?([A-Za-z_][A-Za-z0-9_]*)");

    private AutomaticArguments() {}

    static boolean contains(String name) {
        return NAMES.contains(name);
    }

    /** Those that this text refers to as {@code $NAME} or {@code ${NAME...}}. */
    static Set<String> in(String text) {
        Set<String> names = new LinkedHashSet<>();
        Matcher reference = REFERENCE.matcher(text);
        while (reference.find()) {
            if (contains(reference.group(1))) {
                names.add(reference.group(1));
            }
        }
        return names;
    }

    /** Whether this word is nothing but a reference to this argument. */
    static boolean isOnly(String word, String name) {
        return word.equals("$" + name) || word.equals("${" + name + "}");
    }
}
