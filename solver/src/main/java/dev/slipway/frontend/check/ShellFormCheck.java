package dev.slipway.frontend.check;

import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Rules;
import dev.slipway.parser.tree.Statement;

/** CMD or ENTRYPOINT in shell form, without a SHELL instruction: the shell keeps signals from the program. */
public final class ShellFormCheck {

    private ShellFormCheck() {}

    public static void run(Checks checks, Statement statement) {
        String detail = "JSON arguments recommended for " + statement.keyword()
                + " to prevent unintended behavior related to OS signals";
        checks.report(Rules.JSON_ARGS_RECOMMENDED, detail, statement);
    }
}
