package dev.slipway.frontend.check;

import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Rules;
import dev.slipway.parser.text.Suggestions;
import dev.slipway.parser.tree.Statement;
import java.util.Collection;
import java.util.function.Predicate;

/** A variable that nothing has set or declared. */
public final class UndefinedVariableCheck {

    private UndefinedVariableCheck() {}

    /**
     * @param unmatched the variables that were looked up and not found
     * @param declared whether an argument is declared, with or without a value
     * @param known the variables that are set, for suggestions
     */
    public static void run(
            Checks checks,
            Statement statement,
            Collection<String> unmatched,
            Predicate<String> declared,
            Collection<String> known) {
        for (String variable : unmatched) {
            if (!declared.test(variable)) {
                String hint =
                        Suggestions.hint(Suggestions.nearest(variable, known).map("$"::concat));
                checks.report(Rules.UNDEFINED_VAR, "Usage of undefined variable '$" + variable + "'" + hint, statement);
            }
        }
    }
}
