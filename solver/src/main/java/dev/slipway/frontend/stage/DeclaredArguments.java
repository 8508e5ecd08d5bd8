package dev.slipway.frontend.stage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments that a stage has declared, including those of the stages that it is based on, in the order of their first
 * declaration.
 */
final class DeclaredArguments {

    private static final Set<String> FOR_FRONTEND = Set.of("BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE");

    private Map<String, String> values = Map.of();
    private boolean own;

    /** A copy for a stage that is based on this one. The arguments are copied when it declares its first one. */
    DeclaredArguments copy() {
        DeclaredArguments copy = new DeclaredArguments();
        copy.values = values;
        own = false;
        return copy;
    }

    /** Declares an argument, with a value or without. */
    void declare(String name, Optional<String> value) {
        if (!own) {
            values = new LinkedHashMap<>(values);
            own = true;
        }
        values.put(name, value.orElse(""));
    }

    /** Whether an argument is for the frontend itself: no process sees it, and it need not be declared. */
    static boolean isForFrontend(String name) {
        return FOR_FRONTEND.contains(name);
    }

    boolean contains(String name) {
        return values.containsKey(name);
    }

    /** The value of an argument, if it is declared with one. */
    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    /** The prefix of a command in the history: {@code |2 A=1 B=2 }, with the values that the process sees. */
    String historyPrefix(Environment environment) {
        if (values.isEmpty()) {
            return "";
        }
        StringBuilder prefix = new StringBuilder("|").append(values.size());
        values.forEach((name, declared) -> prefix.append(' ')
                .append(name)
                .append('=')
                .append(environment.get(name).orElse(declared)));
        return prefix.append(' ').toString();
    }
}
