package dev.slipway.provenance;

import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.frontend.check.SecretNameCheck;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Hides what should not be public in provenance: credentials of URLs, and the values of build arguments whose names say that
 * they are secrets.
 */
final class Redaction {

    private static final String MASK = "xxxxx";

    private final Set<String> hidden;

    private Redaction(Set<String> hidden) {
        this.hidden = hidden;
    }

    /** The redaction for a build with these arguments. */
    static Redaction of(Map<String, String> arguments) {
        return new Redaction(arguments.keySet().stream()
                .filter(name -> name.startsWith(BuildParameters.BUILD_ARGUMENT))
                .map(name -> name.substring(BuildParameters.BUILD_ARGUMENT.length()))
                .filter(SecretNameCheck::isSecret)
                .collect(Collectors.toSet()));
    }

    /** The arguments without their secrets. */
    Map<String, String> arguments(Map<String, String> arguments) {
        Map<String, String> safe = new TreeMap<>();
        arguments.forEach((name, value) -> safe.put(name, isHidden(name) ? MASK : UrlCredentials.redact(value)));
        return safe;
    }

    private boolean isHidden(String name) {
        return name.startsWith(BuildParameters.BUILD_ARGUMENT)
                && hidden.contains(name.substring(BuildParameters.BUILD_ARGUMENT.length()));
    }

    /** A JSON value without secrets: an argument is in the environment of processes. */
    Object value(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> safe = new LinkedHashMap<>();
            map.forEach((name, member) -> safe.put((String) name, value(member)));
            return safe;
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(this::value).toList();
        }
        return value instanceof String text ? text(text) : value;
    }

    private String text(String text) {
        int end = text.indexOf('=');
        return end > 0 && hidden.contains(text.substring(0, end))
                ? text.substring(0, end + 1) + MASK
                : UrlCredentials.redact(text);
    }
}
