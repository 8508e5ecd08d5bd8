package dev.slipway.policy;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an attribute of a source has to be for a rule to count. One that the source does not have is empty.
 *
 * @param pattern the value as an expression, if the condition is {@link Condition#MATCHES}
 */
record AttributeConstraint(String key, String value, Condition condition, Optional<Pattern> pattern) {

    /** How the attribute is compared; the numbers on the wire are BuildKit's. */
    enum Condition {
        EQUAL,
        NOTEQUAL,
        MATCHES
    }

    /** @throws IllegalArgumentException if the value is no regular expression and has to be one */
    static AttributeConstraint of(String key, String value, Condition condition) {
        Optional<Pattern> pattern =
                condition == Condition.MATCHES ? Optional.of(GoPattern.compile(value)) : Optional.empty();
        return new AttributeConstraint(key, value, condition, pattern);
    }

    boolean holds(Map<String, String> attributes) {
        String found = attributes.getOrDefault(key, "");
        return switch (condition) {
            case EQUAL -> found.equals(value);
            case NOTEQUAL -> !found.equals(value);
            case MATCHES -> pattern.orElseThrow().matcher(found).find();
        };
    }

    // Patterns are equal only if they are one object.

    @Override
    public boolean equals(Object other) {
        return other instanceof AttributeConstraint constraint
                && key.equals(constraint.key)
                && value.equals(constraint.value)
                && condition == constraint.condition;
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }
}
