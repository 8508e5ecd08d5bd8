package dev.slipway.parser.check;

import dev.slipway.parser.text.SourceRange;
import dev.slipway.parser.tree.Instruction;
import dev.slipway.parser.tree.Stage;
import dev.slipway.parser.tree.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Runs the rules that need nothing but the text, each at the moment at which BuildKit runs it while it parses. */
public final class TextChecks {

    private final Checks checks;

    /** Reports to these checks. */
    public TextChecks(Checks checks) {
        this.checks = checks;
    }

    /** A blank line stands between the lines of the instruction that ends in this line. */
    public void emptyContinuation(int line) {
        checks.report(Rules.NO_EMPTY_CONTINUATION, "Empty continuation line", List.of(SourceRange.line(line)));
    }

    /** An instruction with these words was read. It may still turn out to be invalid. */
    public void written(Statement statement, List<String> words) {
        if (statement.keyword().equalsIgnoreCase("FROM")) {
            StageNameCasing.check(statement, words, checks);
            FromAsCasing.check(statement, words, checks);
        } else if (statement.keyword().equalsIgnoreCase("MAINTAINER")) {
            MaintainerDeprecated.check(statement, checks);
        }
    }

    /** An instruction turned out to be valid. */
    public void understood(Instruction instruction) {
        InvalidDefinitionDescription.check(instruction, checks);
    }

    /** All instructions are valid, and these are the stages. */
    public void complete(List<Stage> stages) {
        Set<String> names = new HashSet<>();
        for (Stage stage : stages) {
            ReservedStageName.check(stage, checks);
            DuplicateStageName.check(stage, names, checks);
        }
        ConsistentInstructionCasing.check(stages, checks);
    }
}
