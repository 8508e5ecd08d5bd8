package dev.slipway.frontend.check;

import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Rules;
import dev.slipway.parser.text.Suggestions;
import dev.slipway.parser.tree.Statement;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;

/** A variable that nothing has set or declared. */
public final class UndefinedVariableCheck {

    /** Arguments that are no variables, and so never set. */
    private static final Set<String> NEVER_SET = Set.of("BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE");

    private UndefinedVariableCheck() {}

    /**
     * @param unmatched the variables that were looked up and not found
     * @param declared whether the stage has declared an argument, be it without a value
     * @param known the variables that are set, for suggestions
     */
    public static void run(
            Checks checks,
            Statement statement,
            Collection<String> unmatched,
            Predicate<String> declared,
            Collection<String> known) {
        for (String variable : unmatched) {
            if (!declared.test(variable) && !NEVER_SET.contains(variable)) {
                String hint = Suggestions.nearest(variable, known)
                        .map(name -> " (did you mean $" + name + "?)")
                        .orElse("");
                checks.report(Rules.UNDEFINED_VAR, "Usage of undefined variable '$" + variable + "'" + hint, statement);
            }
        }
    }
}
