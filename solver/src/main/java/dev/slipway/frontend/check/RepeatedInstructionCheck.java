package dev.slipway.frontend.check;

import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Rules;
import dev.slipway.parser.tree.Statement;

/** Two instructions in one stage of which only the last one counts. */
public final class RepeatedInstructionCheck {

    private RepeatedInstructionCheck() {}

    /**
     * @param later the instruction that counts
     * @param earlier the one that doesn't, at which the finding points
     */
    public static void run(Checks checks, Statement later, Statement earlier) {
        String detail = "Multiple " + later.keyword()
                + " instructions should not be used in the same stage because only the last one will be used";
        checks.report(Rules.MULTIPLE_INSTRUCTIONS_DISALLOWED, detail, later, earlier.ranges());
    }
}
