package dev.slipway.parser.check;

import dev.slipway.parser.text.SourceRange;
import dev.slipway.parser.tree.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where checks report what they find: passes on the findings of the enabled rules, in order, and remembers which rules
 * had one. For one thread.
 */
public final class Checks {

    private final CheckOptions options;
    private final Consumer<Warning> warnings;
    private final Set<String> fired = new LinkedHashSet<>();

    private Checks(CheckOptions options, Consumer<Warning> warnings) {
        this.options = options;
        this.warnings = warnings;
    }

    /** Checks with these options, whose findings go to this consumer. */
    public static Checks of(CheckOptions options, Consumer<Warning> warnings) {
        return new Checks(options, warnings);
    }

    /** Checks that report nothing. */
    public static Checks none() {
        return of(CheckOptions.DEFAULT, warning -> {});
    }

    /** Reports a finding about this place. */
    public void report(Rule rule, String detail, List<SourceRange> ranges) {
        report(options, rule, detail, ranges);
    }

    /** Reports a finding about this instruction, unless a comment above it says that the rule is to be skipped. */
    public void report(Rule rule, String detail, Statement statement) {
        report(options.mergedWith(statement.comments()), rule, detail, statement.ranges());
    }

    /** Reports a finding of this instruction about another place, as {@link #report(Rule, String, Statement)} does. */
    public void report(Rule rule, String detail, Statement statement, List<SourceRange> ranges) {
        report(options.mergedWith(statement.comments()), rule, detail, ranges);
    }

    /** The failure that {@code error=true} asks for, if any rule had a finding. */
    public Optional<String> violation() {
        return options.error() && !fired.isEmpty()
                ? Optional.of("lint violation found for rules: " + String.join(", ", fired))
                : Optional.empty();
    }

    private void report(CheckOptions effective, Rule rule, String detail, List<SourceRange> ranges) {
        if (effective.enables(rule)) {
            fired.add(rule.name());
            warnings.accept(new Warning(rule, detail, ranges));
        }
    }
}
