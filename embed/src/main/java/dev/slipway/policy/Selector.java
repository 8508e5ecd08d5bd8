package dev.slipway.policy;

import dev.slipway.llb.SourceOp;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says which sources a rule is about. An identifier that is equal to the selector's matches always, whatever the kind of the match, as
 * in BuildKit.
 *
 * @param pattern the identifier as an expression; for {@link Match#EXACT} it matches nothing else
 */
record Selector(String identifier, Match match, Pattern pattern, List<AttributeConstraint> constraints) {

    /** How identifiers are compared; the numbers on the wire are BuildKit's. */
    enum Match {
        WILDCARD,
        EXACT,
        REGEX
    }

    /** @throws IllegalArgumentException if the identifier is no pattern of this kind */
    static Selector of(String identifier, Match match, List<AttributeConstraint> constraints) {
        Pattern pattern = switch (match) {
            case EXACT -> Pattern.compile(Pattern.quote(identifier));
            case WILDCARD -> wildcard(identifier);
            case REGEX -> GoPattern.compile(identifier);
        };
        return new Selector(identifier, match, pattern, List.copyOf(constraints));
    }

    private static Pattern wildcard(String text) {
        if (text.contains("**")) {
            throw new IllegalArgumentException("invalid wildcard \"" + text + "\": write one * and not two");
        }
        StringBuilder expression = new StringBuilder();
        for (String part : text.split("\\*", -1)) {
            expression.append(expression.isEmpty() ? "" : "(.*)").append(Pattern.quote(part));
        }
        return Pattern.compile(expression.toString(), Pattern.UNIX_LINES);
    }

    boolean matches(SourceOp source) {
        if (!constraints.stream().allMatch(constraint -> constraint.holds(source.attributes()))) {
            return false;
        }
        Matcher matcher = pattern.matcher(source.identifier());
        return identifier.equals(source.identifier())
                || switch (match) {
                    case EXACT -> false;
                    case WILDCARD -> matcher.matches();
                    case REGEX -> matcher.find();
                };
    }

    /** What an identifier that matches becomes by a template. */
    String format(String source, String template) {
        Matcher matcher = pattern.matcher(source);
        return switch (match) {
            case EXACT -> template;
            case WILDCARD -> matcher.matches() ? GoTemplate.expand(template, matcher) : source;
            case REGEX -> matcher.replaceAll(found -> Matcher.quoteReplacement(GoTemplate.expand(template, matcher)));
        };
    }

    // Patterns are equal only if they are one object.

    @Override
    public boolean equals(Object other) {
        return other instanceof Selector selector
                && identifier.equals(selector.identifier)
                && match == selector.match
                && constraints.equals(selector.constraints);
    }

    @Override
    public int hashCode() {
        return identifier.hashCode();
    }
}
