package dev.slipway.parser.check;

import dev.slipway.parser.text.GoText;
import dev.slipway.parser.tree.Instruction;
import dev.slipway.parser.tree.Stage;
import dev.slipway.parser.tree.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * All keywords should be in the letter case of the majority, or in upper case if there is none. Keywords in mixed case have
 * no vote, and arguments before the first stage don't count.
 */
final class ConsistentInstructionCasing {

    private ConsistentInstructionCasing() {}

    static void check(List<Stage> stages, Checks checks) {
        List<Statement> statements = statements(stages);
        long lower =
                statements.stream().filter(ConsistentInstructionCasing::isLower).count();
        long upper =
                statements.stream().filter(ConsistentInstructionCasing::isUpper).count();
        boolean wantsLower = lower > upper;
        for (Statement statement : statements) {
            if (wantsLower ? !isLower(statement) : !isUpper(statement)) {
                checks.report(
                        Rules.CONSISTENT_INSTRUCTION_CASING,
                        "Command '" + statement.keyword() + "' should match the case of the command majority ("
                                + (wantsLower ? "lowercase" : "uppercase") + ")",
                        statement.ranges());
            }
        }
    }

    private static List<Statement> statements(List<Stage> stages) {
        List<Statement> statements = new ArrayList<>();
        for (Stage stage : stages) {
            statements.add(stage.from().statement());
            stage.instructions().stream().map(Instruction::statement).forEach(statements::add);
        }
        return statements;
    }

    private static boolean isLower(Statement statement) {
        return statement.keyword().equals(GoText.toLowerCase(statement.keyword()));
    }

    private static boolean isUpper(Statement statement) {
        return statement.keyword().equals(GoText.toUpperCase(statement.keyword()));
    }
}
