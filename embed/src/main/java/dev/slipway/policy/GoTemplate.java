package dev.slipway.policy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fills in what an expression matched, as Go's {@code Regexp.Expand} does. */
final class GoTemplate {

    /** {@code $$}, {@code ${name}} or {@code $name}; a name is as long as it can be. */
    private static final Pattern REFERENCE = Pattern.compile("\\$(?:(\\$)|\\{(\\w+)}|(\\w+))");

    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

    private GoTemplate() {}

    /** A group that the expression does not have, or that took no part in the match, is empty. */
    static String expand(String template, Matcher match) {
        return REFERENCE.matcher(template).replaceAll(found -> {
            if (found.group(1) != null) {
                return Matcher.quoteReplacement("$");
            }
            String name = found.group(2) == null ? found.group(3) : found.group(2);
            String value = group(match, name);
            return Matcher.quoteReplacement(value == null ? "" : value);
        });
    }

    private static @Nullable String group(Matcher match, String name) {
        if (NUMBER.matcher(name).matches()) {
            int number = Integer.parseInt(name);
            return number <= match.groupCount() ? match.group(number) : null;
        }
        try {
            return match.group(name);
        } catch (IllegalArgumentException e) {
            return null; // There is no group of this name.
        }
    }
}
