package dev.slipway.parser.check;

import dev.slipway.parser.directive.Directives;
import dev.slipway.parser.text.Blanks;
import dev.slipway.parser.text.GoText;
import dev.slipway.parser.tree.Directive;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which checks run, and whether a finding fails the build.
 *
 * @param skipAll whether no rule runs but experimental ones
 * @param skip the names of the rules that don't run
 * @param experimentalAll whether all experimental rules run
 * @param experimental the names of the experimental rules that run
 * @param error whether a finding fails the build
 */
public record CheckOptions(
        boolean skipAll, Set<String> skip, boolean experimentalAll, Set<String> experimental, boolean error) {

    /** All rules but the experimental ones; findings are warnings. */
    public static final CheckOptions DEFAULT = new CheckOptions(false, Set.of(), false, Set.of(), false);

    private static final int MAX_PARTS = 3;

    public CheckOptions {
        skip = Set.copyOf(skip);
        experimental = Set.copyOf(experimental);
    }

    /**
     * Reads a value such as {@code skip=JSONArgsRecommended,StageNameCasing;error=true}.
     *
     * @throws IllegalArgumentException if the value is invalid. The message is BuildKit's
     */
    public static CheckOptions parse(String text) {
        CheckOptions options = DEFAULT;
        String trimmed = Blanks.trim(text);
        if (!trimmed.isEmpty()) {
            for (String part : trimmed.split(";", MAX_PARTS)) {
                options = options.with(part);
            }
        }
        return options;
    }

    /**
     * The options that a Dockerfile asks for with a {@code # check=} directive.
     *
     * @throws IllegalArgumentException if the directive has a wrong value. The message is BuildKit's
     */
    public static CheckOptions of(byte[] source) {
        try {
            return Directives.find(source, "check")
                    .map(directive -> parse(directive.firstWord()))
                    .orElse(DEFAULT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("failed to parse check options: " + e.getMessage(), e);
        }
    }

    private CheckOptions with(String part) {
        int equals = part.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("invalid check option " + GoText.quote(part));
        }
        String key = Blanks.trim(part.substring(0, equals));
        String value = Blanks.trim(part.substring(equals + 1));
        boolean all = value.equals("all");
        return switch (key) {
            case "skip" ->
                new CheckOptions(all || skipAll, all ? skip : names(value), experimentalAll, experimental, error);
            case "experimental" ->
                new CheckOptions(skipAll, skip, all || experimentalAll, all ? experimental : names(value), error);
            case "error" -> new CheckOptions(skipAll, skip, experimentalAll, experimental, parseBool(part, value));
            default -> throw new IllegalArgumentException("invalid check option " + GoText.quote(key));
        };
    }

    private static Set<String> names(String list) {
        Set<String> names = new HashSet<>();
        Arrays.stream(list.split(",")).map(Blanks::trim).forEach(names::add);
        return names;
    }

    private static boolean parseBool(String part, String value) {
        return GoText.parseBool(value)
                .orElseThrow(() -> new IllegalArgumentException("failed to parse check option " + GoText.quote(part)
                        + ": strconv.ParseBool: parsing " + GoText.quote(value) + ": invalid syntax"));
    }

    /**
     * These options with what comments above an instruction add for it: the first comment of the form
     * {@code check=skip=...} counts. One that can't be read changes nothing.
     */
    public CheckOptions mergedWith(List<String> comments) {
        for (String comment : comments) {
            Optional<Directive> directive = Directives.ofComment(comment);
            if (directive.isPresent() && directive.get().name().equals("check")) {
                try {
                    return mergedWith(parse(directive.get().firstWord()));
                } catch (IllegalArgumentException e) {
                    return this;
                }
            }
        }
        return this;
    }

    private CheckOptions mergedWith(CheckOptions other) {
        return new CheckOptions(
                skipAll || other.skipAll,
                union(skip, other.skip),
                experimentalAll || other.experimentalAll,
                union(experimental, other.experimental),
                error);
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        Set<String> union = new HashSet<>(a);
        union.addAll(b);
        return union;
    }

    /** Whether this rule runs. */
    public boolean enables(Rule rule) {
        return rule.experimental()
                ? experimentalAll || experimental.contains(rule.name())
                : !skipAll && !skip.contains(rule.name());
    }
}
