package dev.slipway;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** Checks what requests are given. */
final class GivenValues {

    private GivenValues() {}

    static String notEmpty(String text, String what) {
        if (requireNonNull(text, what + " is null").isEmpty()) {
            throw new IllegalArgumentException("the " + what + " is empty");
        }
        return text;
    }

    static <T> Map<String, T> entry(String name, T value) {
        return Map.of(requireNonNull(name, "name is null"), requireNonNull(value, "value is null"));
    }
}
