package dev.slipway.frontend.check;

import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Rules;
import dev.slipway.parser.text.Suggestions;
import dev.slipway.parser.tree.Statement;
import java.util.Collection;
import java.util.Set;

/** A variable in FROM that no ARG before it declares. */
public final class UndefinedFromArgumentCheck {

    private UndefinedFromArgumentCheck() {}

    /**
     * @param unmatched the variables that were looked up and not found
     * @param declared the arguments that FROM can use, those without a value included
     */
    public static void run(Checks checks, Statement statement, Collection<String> unmatched, Set<String> declared) {
        for (String variable : unmatched) {
            if (!declared.contains(variable)) {
                String hint = Suggestions.hint(Suggestions.nearest(variable, declared));
                checks.report(
                        Rules.UNDEFINED_ARG_IN_FROM,
                        "FROM argument '" + variable + "' is not declared" + hint,
                        statement);
            }
        }
    }
}
